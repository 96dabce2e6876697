package io.agentflow.messaging.autoconfigure.logging;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import net.logstash.logback.decorate.TokenStreamFactoryBuilderDecorator;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import org.slf4j.LoggerFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import org.springframework.core.env.Environment;

/**
 * Writes one log event as one line of JSON, whatever is in it. Spring Boot creates it
 * where {@code logging.structured.format.console} or {@code .file} names it, which they
 * do by default. Thread-safe.
 */
public final class AfJsonLogFormatter implements StructuredLogFormatter<ILoggingEvent> {

	private static final String WARNING = "The log field {} is reserved; what {} sets under this name is kept under app_{}. "
			+ "Use a name of your own. Further cases are only counted, in af.logging.reserved.overrides.";

	private final LoggingEventCompositeJsonEncoder encoder = new LoggingEventCompositeJsonEncoder();

	private final LoggerContext context;

	private final ReservedNames reserved;

	/**
	 * Creates the formatter.
	 * @param environment where {@code af.logging.json.*}, {@code spring.application.name}
	 * and {@code spring.application.version} are looked up
	 */
	public AfJsonLogFormatter(Environment environment) {
		this.context = (LoggerContext) LoggerFactory.getILoggerFactory();
		this.reserved = ReservedNames.of(this.context);
		AfJsonLoggingProperties properties = Binder.get(environment)
			.bindOrCreate("af.logging.json", AfJsonLoggingProperties.class);
		AfLogLineProvider line = new AfLogLineProvider(this.reserved, properties,
				environment.getProperty("spring.application.name"),
				environment.getProperty("spring.application.version"));
		line.setContext(this.context);
		this.encoder.setContext(this.context);
		this.encoder.addDecorator(new EscapesDecorator());
		this.encoder.getProviders().addProvider(line);
		this.encoder.setLineSeparator("\n");
		this.encoder.start();
	}

	@Override
	public String format(ILoggingEvent event) {
		return new String(encode(event), StandardCharsets.UTF_8);
	}

	@Override
	public byte[] formatAsBytes(ILoggingEvent event, Charset charset) {
		return StandardCharsets.UTF_8.equals(charset) ? encode(event) : format(event).getBytes(charset);
	}

	private byte[] encode(ILoggingEvent event) {
		byte[] line = this.encoder.encode(event);
		String overridden = this.reserved.takeUnreported();
		return (overridden == null) ? line : append(line, warning(event, overridden));
	}

	/**
	 * Logs by hand: an appender drops what is logged while it is at work.
	 */
	private byte[] warning(ILoggingEvent event, String overridden) {
		Logger logger = this.context.getLogger("af.logging");
		if (!logger.isWarnEnabled()) {
			return new byte[0];
		}
		LoggingEvent warning = new LoggingEvent(Logger.class.getName(), logger, Level.WARN, WARNING, null,
				new Object[] { overridden, event.getLoggerName(), overridden });
		// In the context of what it warns about, but not to be warned about itself.
		warning.setMDCPropertyMap(MessageIds.ofLibrary(event.getMDCPropertyMap()));
		return this.encoder.encode(warning);
	}

	private static byte[] append(byte[] line, byte[] next) {
		byte[] both = Arrays.copyOf(line, line.length + next.length);
		System.arraycopy(next, 0, both, line.length, next.length);
		return both;
	}

	/**
	 * Makes the encoder's JSON safe for readers of lines.
	 */
	private static final class EscapesDecorator
			implements TokenStreamFactoryBuilderDecorator<JsonFactory, JsonFactoryBuilder> {

		@Override
		public JsonFactoryBuilder decorate(JsonFactoryBuilder builder) {
			return builder.characterEscapes(new LineSafeEscapes());
		}

	}

}

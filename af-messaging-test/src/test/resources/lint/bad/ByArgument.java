package bad;

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.keyValue;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.raw;
import static net.logstash.logback.argument.StructuredArguments.value;

class ByArgument {

	private static final Logger logger = LoggerFactory.getLogger(ByArgument.class);

	void all() {
		logger.info("{}", kv("message", 1));
		logger.info("{} {}", 1, keyValue("logger_name", 1));
		logger.info("{}", value("service", 1));
		logger.info("{}", raw("stack_trace", "{}"));
		logger.info("{}", entries(Map.of("thread_name", 1)));
	}

}

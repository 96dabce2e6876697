package io.agentflow.messaging.sample;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.agentflow.messaging.sample.harness.Exchange;
import io.agentflow.messaging.sample.harness.PerfHarness;
import io.agentflow.messaging.sample.harness.PerfOptions;
import io.agentflow.messaging.sample.harness.Progress;
import io.agentflow.messaging.sample.harness.scaling.Scaling;
import io.agentflow.messaging.sample.harness.scaling.ScalingPoint;
import io.agentflow.messaging.sample.harness.soak.Soak;
import io.agentflow.messaging.sample.harness.soak.SoakOptions;

/**
 * Sends pings through JetStream and answers them. A pinger ends when its pings are done;
 * a ponger runs until it is stopped.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(PingPongProperties.class)
public class PingPongApplication {

	private static final int WRONG_OPTIONS = 2;

	/**
	 * Starts the sample.
	 * @param args options; {@code --help} lists them
	 */
	public static void main(String[] args) {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		if (List.of(args).contains("--help")) {
			out.print(usage(List.of(args)));
			return;
		}
		if (args.length > 0 && args[0].equals("perf")) {
			System.exit(perf(List.of(args).subList(1, args.length), out));
		}
		String[] properties;
		try {
			properties = CommandLine.expand(args);
		}
		catch (IllegalArgumentException ex) {
			out.println(ex.getMessage());
			out.print(CommandLine.USAGE);
			System.exit(WRONG_OPTIONS);
			return;
		}
		ConfigurableApplicationContext context = SpringApplication.run(PingPongApplication.class, properties);
		if (context.getBean(PingPongProperties.class).getRole() != PingPongProperties.Role.PONGER) {
			System.exit(SpringApplication.exit(context));
		}
	}

	private static String usage(List<String> args) {
		if (!args.get(0).equals("perf")) {
			return CommandLine.USAGE;
		}
		return PerfOptions.USAGE + SoakOptions.USAGE + Scaling.USAGE;
	}

	static int perf(List<String> args, PrintStream out) {
		if (args.contains("soak")) {
			return soak(args.stream().filter((arg) -> !arg.equals("soak")).toList(), out);
		}
		if (args.contains("scaling")) {
			return scaling(args.stream().filter((arg) -> !arg.equals("scaling")).toList(), out);
		}
		PerfOptions options;
		try {
			options = PerfOptions.parse(args, System.getenv());
		}
		catch (IllegalArgumentException ex) {
			out.println(ex.getMessage());
			out.print(PerfOptions.USAGE);
			return WRONG_OPTIONS;
		}
		boolean bar = options.mode() != PerfOptions.Mode.CI && Terminal.isPresent();
		PerfHarness harness = new PerfHarness(options, System.getenv(), out,
				bar ? Progress.on(out, true) : Progress.NONE);
		try (BackboneExchanges exchanges = new BackboneExchanges()) {
			return harness.run(exchanges);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return 1;
		}
	}

	private static int soak(List<String> args, PrintStream out) {
		SoakOptions options;
		try {
			options = SoakOptions.parse(args);
		}
		catch (IllegalArgumentException ex) {
			out.println(ex.getMessage());
			out.print(SoakOptions.USAGE);
			return WRONG_OPTIONS;
		}
		try (BackboneExchanges exchanges = new BackboneExchanges(); Exchange ours = exchanges.ours(false)) {
			return new Soak(options, out).run(ours, exchanges.serverVersion());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return 1;
		}
	}

	private static int scaling(List<String> args, PrintStream out) {
		int stored = 1_000_000;
		Path report = Path.of("target/perf");
		for (String arg : args) {
			if (arg.startsWith("--stored=")) {
				stored = Integer.parseInt(arg.substring("--stored=".length()));
			}
			else if (arg.startsWith("--report=")) {
				report = Path.of(arg.substring("--report=".length()));
			}
			else if (!arg.startsWith("--baselines=")) {
				out.println("perf scaling does not know '" + arg + "'");
				out.print(Scaling.USAGE);
				return WRONG_OPTIONS;
			}
		}
		try {
			return new Scaling(out).run(ScalingPoint.all(stored), SpreadExchange::open, report);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return 1;
		}
	}

	/**
	 * Not closed with a context: it is the process's standard output, and the harness
	 * goes on printing when an application of its own has ended.
	 */
	@Bean(destroyMethod = "")
	@ConditionalOnMissingBean
	PrintStream console() {
		return new PrintStream(System.out, true, StandardCharsets.UTF_8);
	}

}

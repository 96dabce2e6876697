package io.agentflow.messaging.benchmarks.peers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.agentflow.messaging.sample.harness.RunSpec;
import io.agentflow.messaging.sample.harness.Scenario;

/**
 * Runs the scenarios over ours, raw jnats and other libraries by turns: all are warmed
 * up, then each round measures all of them in another order, and medians count. Raw jnats
 * takes part twice: how far it is from itself is what the machine's own changes amount
 * to.
 */
public final class PeerComparison {

	private static final String OURS = "io.agentflow.messaging.sample.ContestantProcess";

	private static final List<String> SCENARIOS = List.of("baseline", "single", "high-concurrency", "large-payload");

	private final int rounds;

	private final int warmUp;

	private final PrintStream out;

	PeerComparison(int rounds, int warmUp, PrintStream out) {
		this.rounds = rounds;
		this.warmUp = warmUp;
		this.out = out;
	}

	/**
	 * Compares.
	 * @param args the server's URL, directory of the report, class paths of Micronaut's
	 * and Camel's contestants, number of rounds, messages to warm each scenario up by
	 * @throws IOException if a contestant ends or the report cannot be written
	 */
	public static void main(String[] args) throws IOException {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		Path report = Files.createDirectories(Path.of(args[1]));
		String own = System.getProperty("java.class.path");
		List<Contestant> contestants = new ArrayList<>();
		try {
			// Ours first: it makes the streams that jnats alone uses.
			contestants.add(start("AgentFlow", own, report, OURS, "ours", args[0]));
			contestants.add(start("raw jnats", own, report, OURS, "raw", args[0]));
			contestants.add(start("raw again", own, report, OURS, "raw", args[0]));
			contestants.add(start("micronaut-nats", args[2], report,
					"io.agentflow.messaging.peers.micronaut.MicronautPeer", args[0]));
			contestants
				.add(start("camel-nats", args[3], report, "io.agentflow.messaging.peers.camel.CamelPeer", args[0]));
			PeerComparison comparison = new PeerComparison(Integer.parseInt(args[4]), Integer.parseInt(args[5]), out);
			Map<String, Map<String, PeerFigures>> figures = comparison.run(contestants);
			PeerReport.write(report, comparison.rounds, figures);
			out.print(PeerReport.table(figures));
		}
		finally {
			for (Contestant contestant : contestants) {
				contestant.close();
			}
		}
	}

	Map<String, Map<String, PeerFigures>> run(List<Contestant> contestants) throws IOException {
		Map<String, Map<String, PeerFigures>> figures = new LinkedHashMap<>();
		for (String name : SCENARIOS) {
			figures.put(name, scenario(Scenario.named(name).get(0).spec(), contestants));
			this.out.println(name + " done");
		}
		return figures;
	}

	private Map<String, PeerFigures> scenario(RunSpec spec, List<Contestant> contestants) throws IOException {
		Map<String, List<PeerFigures>> all = new LinkedHashMap<>();
		for (Contestant contestant : contestants) {
			contestant.run(this.warmUp, spec.concurrency(), spec.payloadBytes());
		}
		List<Contestant> order = new ArrayList<>(contestants);
		for (int round = 0; round < this.rounds; round++) {
			for (Contestant contestant : order) {
				all.computeIfAbsent(contestant.name(), (name) -> new ArrayList<>())
					.add(contestant.run(spec.messages(), spec.concurrency(), spec.payloadBytes()));
			}
			Collections.rotate(order, 1);
		}
		Map<String, PeerFigures> medians = new LinkedHashMap<>();
		all.forEach((name, runs) -> medians.put(name, PeerFigures.median(runs)));
		return medians;
	}

	private static Contestant start(String name, String classPath, Path report, String... mainAndArguments)
			throws IOException {
		Path errors = report.resolve("peer-" + name.replace(' ', '-').toLowerCase(Locale.ROOT) + ".err");
		return Contestant.start(name, classPath, errors, List.of(mainAndArguments));
	}

}

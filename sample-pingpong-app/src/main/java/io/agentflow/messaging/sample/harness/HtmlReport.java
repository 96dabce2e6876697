package io.agentflow.messaging.sample.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A report as one page that needs nothing beside it.
 */
final class HtmlReport {

	private static final String HEAD = """
			<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ping-pong</title><style>
			body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:1340px;padding:0 1rem;color:#1c2127;background:#fff}
			table{border-collapse:collapse;margin:1rem 0}td,th{padding:.25rem .7rem;text-align:right;border-bottom:1px solid #d9dde2}
			td:first-child,th:first-child{text-align:left}.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(420px,1fr));gap:1rem}
			svg{width:100%;font:11px system-ui,sans-serif}.t{font-size:13px;font-weight:600}.g{stroke:#e4e7eb}.y{text-anchor:end}
			.x{text-anchor:middle}.l{font-weight:600}.bad{color:#b3261e}.good{color:#2c7a2c}
			</style></head><body><h1>Ping-pong</h1>
			""";

	private HtmlReport() {
	}

	static String of(PerfReport report, List<String> regressions, List<PerfReport> history) {
		StringBuilder page = new StringBuilder(HEAD);
		Surroundings place = report.surroundings();
		page.append(format("<p>%s, %d processors, %s, %s, nats-server %s, commit %s, %s</p>", escape(place.processor()),
				place.processors(), escape(place.system()), escape(place.jvm()), escape(place.server()),
				escape(place.commit()), report.recordedAt()));
		verdict(page, report, regressions);
		table(page, report);
		report.scenarios().forEach((figures) -> charts(page, figures));
		history(page, report, history);
		return page.append("</body></html>\n").toString();
	}

	private static void verdict(StringBuilder page, PerfReport report, List<String> regressions) {
		List<String> bad = new ArrayList<>(regressions);
		report.scenarios()
			.forEach((figures) -> figures.violations().forEach((line) -> bad.add(figures.name() + ": " + line)));
		if (bad.isEmpty()) {
			page.append("<p class='good'>Every threshold holds, nothing got worse.</p>");
		}
		bad.forEach((line) -> page.append("<p class='bad'>").append(escape(line)).append("</p>"));
	}

	private static void table(StringBuilder page, PerfReport report) {
		page.append("<table><tr><th>scenario<th>p50 ms<th>p95<th>p99<th>p99.9<th>max<th>per second<th>completed"
				+ "<th>errors<th>cold p95<th>p50 / jnats<th>throughput / jnats<th>control</tr>");
		for (ScenarioFigures figures : report.scenarios()) {
			LatencyStats stats = figures.latency();
			LatencyStats cold = figures.cold();
			page.append(format(
					"<tr><td>%s<td>%.2f<td>%.2f<td>%.2f<td>%.2f<td>%.2f<td>%.0f<td>%.2f %%<td>%d<td>%s<td>%.2f<td>%.2f"
							+ "<td>%.2f</tr>",
					escape(figures.name()), stats.p50(), stats.p95(), stats.p99(), stats.p999(), stats.max(),
					figures.measured().throughput(), 100 * figures.measured().completion(), figures.errors().total(),
					(cold != null) ? format("%.2f", cold.p95()) : "–", figures.ratios().p50(),
					figures.ratios().throughput(), figures.ratios().control()));
		}
		page.append("</table>");
	}

	private static void charts(StringBuilder page, ScenarioFigures figures) {
		Curves curves = figures.curves();
		page.append(format("<h2>%s</h2><p>%d messages, %s, %d bytes, %d repetitions</p><div class='charts'>",
				escape(figures.name()), figures.spec().messages(),
				(figures.spec().rate() > 0) ? format("%.0f per second", figures.spec().rate())
						: figures.spec().concurrency() + " in flight",
				figures.spec().payloadBytes(), figures.repetitions()));
		SvgChart percentiles = new SvgChart("Latency in ms by percentile").scale(HtmlReport::nines)
			.line("AgentFlow", curves.percentiles())
			.line("raw jnats", curves.rawPercentiles());
		for (double tick : new double[] { 0, 50, 90, 95, 99, 99.9 }) {
			percentiles.tick(tick, format((tick % 1 == 0) ? "p%.0f" : "p%.1f", tick));
		}
		page.append(percentiles.svg());
		SvgChart histogram = new SvgChart("Round trips by latency in ms").bars("AgentFlow", curves.histogram());
		SvgChart overTime = new SvgChart("Latency in ms over the run (slowest of neighbours)").line("AgentFlow",
				curves.overTime());
		ticks(histogram, curves.histogram(), "%.1f");
		ticks(overTime, curves.overTime(), "%.0f");
		page.append(histogram.svg()).append(overTime.svg()).append("</div>");
	}

	private static void ticks(SvgChart chart, List<double[]> points, String format) {
		for (int i = 0; i < 5 && !points.isEmpty(); i++) {
			double at = points.get(i * (points.size() - 1) / 4)[0];
			chart.tick(at, format(format, at));
		}
	}

	private static void history(StringBuilder page, PerfReport report, List<PerfReport> history) {
		if (history.isEmpty()) {
			return;
		}
		page.append("<h2>Recorded baselines, and now</h2><table><tr><th>when<th>commit<th>scenario<th>p50 ms<th>p95"
				+ "<th>per second<th>p50 / jnats<th>throughput / jnats</tr>");
		List<PerfReport> all = new ArrayList<>(history);
		all.add(report);
		for (ScenarioFigures wanted : report.scenarios()) {
			for (PerfReport one : all) {
				one.scenario(wanted.name())
					.ifPresent((figures) -> page
						.append(format("<tr><td>%s<td>%s<td>%s<td>%.2f<td>%.2f<td>%.0f<td>%.2f<td>%.2f</tr>",
								one.recordedAt(), escape(one.surroundings().commit()), escape(figures.name()),
								figures.measured().p50(), figures.measured().p95(), figures.measured().throughput(),
								figures.ratios().p50(), figures.ratios().throughput())));
			}
		}
		page.append("</table>");
	}

	/**
	 * Gives each further nine of a percentile as much room as the one before.
	 */
	private static double nines(double percentile) {
		return -Math.log10(1 - Math.min(percentile, 99.995) / 100);
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	private static String format(String format, Object... args) {
		return String.format(Locale.ROOT, format, args);
	}

}

package io.agentflow.messaging.sample.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * A chart of lines or bars as SVG. Not thread-safe.
 */
public final class SvgChart {

	private static final int WIDTH = 640;

	private static final int HEIGHT = 260;

	private static final int LEFT = 60;

	private static final int BOTTOM = 40;

	private static final int TOP = 28;

	private static final int Y_STEPS = 4;

	private static final String[] COLORS = { "#1668b8", "#c2571a", "#3a8a3a" };

	private final String title;

	private final List<Series> series = new ArrayList<>();

	private final List<Tick> ticks = new ArrayList<>();

	private DoubleUnaryOperator scale = DoubleUnaryOperator.identity();

	/**
	 * Begins a chart.
	 * @param title what it shows
	 */
	public SvgChart(String title) {
		this.title = title;
	}

	/**
	 * Adds a line.
	 * @param name what it is
	 * @param points pairs of numbers
	 * @return this
	 */
	public SvgChart line(String name, List<double[]> points) {
		this.series.add(new Series(name, points, false));
		return this;
	}

	/**
	 * Adds bars of equal width.
	 * @param name what they are
	 * @param points pairs of numbers
	 * @return this
	 */
	public SvgChart bars(String name, List<double[]> points) {
		this.series.add(new Series(name, points, true));
		return this;
	}

	/**
	 * Spreads the horizontal axis.
	 * @param spread where a value stands
	 * @return this
	 */
	public SvgChart scale(DoubleUnaryOperator spread) {
		this.scale = spread;
		return this;
	}

	/**
	 * Marks a value of the horizontal axis.
	 * @param at the value
	 * @param label what is written there
	 * @return this
	 */
	public SvgChart tick(double at, String label) {
		this.ticks.add(new Tick(at, label));
		return this;
	}

	/**
	 * Draws.
	 * @return an svg element
	 */
	public String svg() {
		List<double[]> all = this.series.stream().flatMap((one) -> one.points().stream()).toList();
		double minX = all.stream().mapToDouble((p) -> this.scale.applyAsDouble(p[0])).min().orElse(0);
		double maxX = all.stream().mapToDouble((p) -> this.scale.applyAsDouble(p[0])).max().orElse(1);
		double maxY = Math.max(1e-9, all.stream().mapToDouble((p) -> p[1]).max().orElse(1));
		StringBuilder svg = new StringBuilder(
				format("<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>", WIDTH, HEIGHT, this.title));
		svg.append(format("<text x='%d' y='16' class='t'>%s</text>", LEFT, this.title));
		for (int i = 0; i <= Y_STEPS; i++) {
			double value = maxY * i / Y_STEPS;
			double y = y(value, maxY);
			svg.append(format("<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' class='g'/>", LEFT, WIDTH, y, y));
			svg.append(format("<text x='%d' y='%.1f' class='y'>%s</text>", LEFT - 6, y + 4, number(value)));
		}
		for (Tick tick : this.ticks) {
			double x = x(this.scale.applyAsDouble(tick.at()), minX, maxX);
			svg.append(format("<text x='%.1f' y='%d' class='x'>%s</text>", x, HEIGHT - BOTTOM + 18, tick.label()));
		}
		for (int i = 0; i < this.series.size(); i++) {
			draw(svg, i, minX, maxX, maxY);
		}
		return svg.append("</svg>").toString();
	}

	private void draw(StringBuilder svg, int index, double minX, double maxX, double maxY) {
		Series one = this.series.get(index);
		String color = COLORS[index % COLORS.length];
		if (one.bars()) {
			double width = 0.9 * (WIDTH - LEFT) / Math.max(1, one.points().size());
			for (double[] point : one.points()) {
				double y = y(point[1], maxY);
				svg.append(format("<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>",
						x(this.scale.applyAsDouble(point[0]), minX, maxX), y, width, HEIGHT - BOTTOM - y, color));
			}
		}
		else {
			StringBuilder path = new StringBuilder();
			for (double[] point : one.points()) {
				path.append(format("%.1f,%.1f ", x(this.scale.applyAsDouble(point[0]), minX, maxX), y(point[1], maxY)));
			}
			svg.append(format("<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>", path, color));
		}
		svg.append(format("<text x='%d' y='%d' fill='%s' class='l'>%s</text>", LEFT + 10, TOP + 14 + 16 * index, color,
				one.name()));
	}

	private static double x(double value, double min, double max) {
		return LEFT + (WIDTH - LEFT - 10) * ((max > min) ? (value - min) / (max - min) : 0);
	}

	private static double y(double value, double max) {
		return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / max;
	}

	private static String number(double value) {
		return (value >= 100) ? format("%.0f", value) : format("%.2f", value);
	}

	private static String format(String format, Object... args) {
		return String.format(Locale.ROOT, format, args);
	}

	private record Series(String name, List<double[]> points, boolean bars) {
	}

	private record Tick(double at, String label) {
	}

}

package io.agentflow.messaging.test.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param file where it is
 * @param lines its text
 */
record MarkdownPage(Path file, List<String> lines) {

	/** The directory that holds the project. */
	static final Path ROOT = root();

	private static final Pattern FENCE = Pattern.compile(" {0,3}```(.*)");

	private static final String HIDDEN = "<!-- java:";

	/**
	 * Finds all pages of the project, as the version control sees them.
	 */
	static List<MarkdownPage> all() {
		try (Stream<Path> files = Files.walk(ROOT)) {
			return files.filter((file) -> file.toString().endsWith(".md"))
				.filter((file) -> Stream.of("target", ".git", ".github", "node_modules")
					.noneMatch((built) -> ROOT.relativize(file).startsWith(built)
							|| file.toString().contains("/" + built + "/")))
				.sorted()
				.map(MarkdownPage::read)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static MarkdownPage read(Path file) {
		try {
			return new MarkdownPage(file, Files.readAllLines(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the page's path from the root of the project.
	 */
	String name() {
		return ROOT.relativize(this.file).toString();
	}

	/**
	 * Finds the blocks of code. A comment {@code <!-- java: … -->} directly before one
	 * holds members that the block takes for granted.
	 */
	List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		for (int i = 0; i < this.lines.size(); i++) {
			Matcher opening = FENCE.matcher(this.lines.get(i));
			if (opening.matches()) {
				int end = i + 1;
				while (!FENCE.matcher(this.lines.get(end)).matches()) {
					end++;
				}
				String text = String.join("\n", this.lines.subList(i + 1, end));
				blocks.add(new Block(this, i + 2, opening.group(1).strip(), text, hiddenBefore(i)));
				i = end;
			}
		}
		return blocks;
	}

	/**
	 * Returns the lines outside of blocks, those inside as empty ones.
	 */
	List<String> prose() {
		List<String> prose = new ArrayList<>(this.lines);
		for (Block block : blocks()) {
			int from = block.line() - 1;
			for (int i = from; i < from + block.text().split("\n", -1).length; i++) {
				prose.set(i, "");
			}
		}
		return prose;
	}

	@Override
	public String toString() {
		return name();
	}

	private String hiddenBefore(int opening) {
		if (opening == 0 || !this.lines.get(opening - 1).endsWith("-->")) {
			return "";
		}
		int start = opening - 1;
		while (start > 0 && !this.lines.get(start).startsWith("<!--")) {
			start--;
		}
		String comment = String.join(" ", this.lines.subList(start, opening));
		return comment.startsWith(HIDDEN) ? comment.substring(HIDDEN.length(), comment.length() - 3).strip() : "";
	}

	private static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("docker-compose.yml"))) {
			directory = directory.getParent();
		}
		return directory;
	}

	/**
	 * A block of code.
	 *
	 * @param page where it stands
	 * @param line number of its first line, from 1
	 * @param language what it says that it is, or empty
	 * @param text its text
	 * @param hidden what it takes for granted, or empty
	 */
	record Block(MarkdownPage page, int line, String language, String text, String hidden) {

		String place() {
			return this.page.name() + ":" + this.line;
		}

		@Override
		public String toString() {
			return place();
		}

	}

}

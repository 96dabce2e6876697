package io.agentflow.messaging.test.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every link inside the project leads somewhere, and every page is led to.
 */
class LinksTests {

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");

	@Test
	void everyLinkAndAnchorLeadsSomewhere() {
		List<String> broken = new ArrayList<>();
		List<MarkdownPage> pages = MarkdownPage.all();
		assertThat(pages).hasSizeGreaterThan(30);
		for (MarkdownPage page : pages) {
			links(page).filter((link) -> !leadsSomewhere(page, link))
				.forEach((link) -> broken.add(page.name() + ": " + link));
		}
		assertThat(broken).isEmpty();
	}

	@Test
	void everyPageIsInTheTableOfContents() {
		MarkdownPage index = MarkdownPage.read(MarkdownPage.ROOT.resolve("docs/index.md"));
		Set<Path> listed = targets(index);
		assertThat(pagesIn("docs")).filteredOn((page) -> !page.equals(index.file())).isSubsetOf(listed);
	}

	@Test
	void everyDecisionIsInTheListOfDecisions() {
		MarkdownPage list = MarkdownPage.read(MarkdownPage.ROOT.resolve("docs/adr/README.md"));
		assertThat(pagesIn("docs/adr")).filteredOn((page) -> !page.equals(list.file())).isSubsetOf(targets(list));
	}

	@Test
	void noPageSaysWhatASiteGeneratorWouldTakeForItsOwn() {
		assertThat(MarkdownPage.all()).allSatisfy(
				(page) -> assertThat(String.join("\n", page.lines())).as(page.name()).doesNotContain("{{", "{%"));
	}

	@Test
	void findsBrokenLinks() {
		MarkdownPage readme = MarkdownPage.read(MarkdownPage.ROOT.resolve("README.md"));
		assertThat(leadsSomewhere(readme, "docs/listeners.md#dead-letters")).isTrue();
		assertThat(leadsSomewhere(readme, "docs/listeners.md#no-such")).isFalse();
		assertThat(leadsSomewhere(readme, "docs/nowhere.md")).isFalse();
	}

	private static Stream<String> links(MarkdownPage page) {
		return page.prose()
			.stream()
			.flatMap((line) -> LINK.matcher(line.replaceAll("`[^`]*`", "")).results())
			.map((match) -> match.group(1))
			.filter((link) -> !link.matches("(https?|mailto):.*"));
	}

	private static boolean leadsSomewhere(MarkdownPage page, String link) {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
		return Files.exists(target) && (parts.length == 1 || anchors(MarkdownPage.read(target)).contains(parts[1]));
	}

	/**
	 * Names the anchors of a page's headings as GitHub does.
	 */
	private static Set<String> anchors(MarkdownPage page) {
		Map<String, Integer> seen = new HashMap<>();
		return page.prose().stream().map(HEADING::matcher).filter(Matcher::matches).map((heading) -> {
			String text = heading.group(1).replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1").toLowerCase(Locale.ROOT);
			String anchor = text.replaceAll("[^\\p{L}\\p{N}_\\- ]", "").replace(' ', '-');
			int count = seen.merge(anchor, 1, Integer::sum);
			return (count == 1) ? anchor : anchor + "-" + (count - 1);
		}).collect(Collectors.toSet());
	}

	private static Set<Path> targets(MarkdownPage page) {
		return links(page).map((link) -> page.file().resolveSibling(link.replaceAll("#.*", "")).normalize())
			.collect(Collectors.toSet());
	}

	private static List<Path> pagesIn(String directory) {
		Path folder = MarkdownPage.ROOT.resolve(directory);
		return MarkdownPage.all()
			.stream()
			.map(MarkdownPage::file)
			.filter((file) -> file.getParent().equals(folder))
			.toList();
	}

}

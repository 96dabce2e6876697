package io.agentflow.messaging.test.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.agentflow.messaging.test.docs.MarkdownPage.Block;

import static org.assertj.core.api.Assertions.assertThat;

class JavaSnippetsTests {

	/**
	 * Languages that a test looks at: this one, {@link PropertySnippetsTests} or
	 * {@link CommandsTests}. A block without language is what a program prints, or
	 * commands.
	 */
	private static final Set<String> CHECKED = Set.of("", "java", "yaml", "properties", "xml", "json");

	private final JavaSnippets snippets = new JavaSnippets();

	@Test
	void everyJavaBlockCompiles() {
		List<Block> blocks = MarkdownPage.all()
			.stream()
			.flatMap((page) -> page.blocks().stream())
			.filter((block) -> block.language().equals("java"))
			.toList();
		long marked = MarkdownPage.all()
			.stream()
			.flatMap((page) -> page.lines().stream())
			.filter((line) -> line.strip().startsWith("```java"))
			.count();
		assertThat(blocks).hasSize((int) marked).hasSizeGreaterThan(20);
		assertThat(this.snippets.compile(blocks)).isEmpty();
	}

	@Test
	void everyBlockIsOfALanguageThatIsChecked() {
		assertThat(MarkdownPage.all().stream().flatMap((page) -> page.blocks().stream()))
			.allSatisfy((block) -> assertThat(block.language()).as(block.place()).isIn(CHECKED));
	}

	@Test
	void namesPageAndLineOfWhatDoesNotCompile() {
		MarkdownPage page = page("""
				```java
				record Order(String id) {
				}
				```

				```java
				String id = new Order("7").id();
				int wrong = id;
				```
				<!-- java: Order order; -->
				```java
				String name = order.missing();
				if (order != null) {
				}
				```
				""");
		assertThat(this.snippets.compile(page.blocks())).hasSize(2)
			.anyMatch((error) -> error.startsWith("page.md:8: incompatible types"))
			.anyMatch((error) -> error.startsWith("page.md:12: cannot find symbol"));
	}

	private static MarkdownPage page(String text) {
		return new MarkdownPage(MarkdownPage.ROOT.resolve(Path.of("page.md")), text.lines().toList());
	}

}

package io.agentflow.messaging.test.docs;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import io.agentflow.messaging.test.docs.MarkdownPage.Block;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each dependency of the build has a decision behind it, and what the documentation says
 * about Maven is true of this build.
 */
class DependenciesTests {

	private static final Pattern ROW = Pattern
		.compile("\\| `([\\w.-]+:[\\w.-]+)` \\|.*\\]\\((\\d{4}-[\\w-]+\\.md)\\) \\|");

	private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+)\\.version>([^<]+)</");

	@Test
	void everyDependencyIsInTheListOfDecisions() throws Exception {
		Set<String> used = new TreeSet<>();
		for (Path pom : poms()) {
			used.addAll(dependencies(Files.readString(pom)));
		}
		Set<String> listed = new TreeSet<>();
		for (String line : MarkdownPage.read(MarkdownPage.ROOT.resolve("docs/adr/README.md")).lines()) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				listed.add(row.group(1));
			}
		}
		assertThat(used).hasSizeGreaterThan(40);
		assertThat(listed).containsExactlyInAnyOrderElementsOf(used);
	}

	@Test
	void theDependenciesThatThePagesShowAreThoseOfThisBuild() throws Exception {
		String parent = Files.readString(MarkdownPage.ROOT.resolve("pom.xml"));
		String own = text(parse(parent).getDocumentElement(), "version");
		List<Block> blocks = MarkdownPage.all()
			.stream()
			.flatMap((page) -> page.blocks().stream())
			.filter((block) -> block.language().equals("xml"))
			.toList();
		assertThat(blocks).isNotEmpty();
		for (Block block : blocks) {
			for (Element artifact : artifacts(parse("<x>" + block.text().replaceFirst("<\\?xml.*\\?>", "") + "</x>"))) {
				String group = text(artifact, "groupId");
				String name = text(artifact, "artifactId");
				String version = text(artifact, "version");
				if (group.equals("io.agentflow")) {
					assertThat(MarkdownPage.ROOT.resolve(name)).as(block.place()).exists();
					assertThat(version).as(block.place()).isIn("", own);
				}
				else if (name.equals("spring-boot-starter-parent")) {
					assertThat(version).as(block.place()).isEqualTo(property(parent, "spring-boot"));
				}
			}
		}
	}

	private static List<Path> poms() throws Exception {
		try (Stream<Path> modules = Files.list(MarkdownPage.ROOT)) {
			return Stream.concat(Stream.of(MarkdownPage.ROOT), modules)
				.map((module) -> module.resolve("pom.xml"))
				.filter(Files::exists)
				.toList();
		}
	}

	/**
	 * Finds what a POM depends upon; what it only manages is left out, imports are not.
	 */
	private static Set<String> dependencies(String pom) throws Exception {
		Set<String> found = new TreeSet<>();
		for (Element artifact : artifacts(parse(pom))) {
			boolean managed = artifact.getParentNode().getParentNode().getNodeName().equals("dependencyManagement");
			boolean plugin = artifact.getParentNode().getParentNode().getNodeName().equals("plugin");
			boolean own = text(artifact, "groupId").equals("io.agentflow");
			if (artifact.getNodeName().equals("dependency") && !plugin && !own
					&& (!managed || text(artifact, "scope").equals("import"))) {
				found.add(text(artifact, "groupId") + ":" + text(artifact, "artifactId"));
			}
		}
		return found;
	}

	private static List<Element> artifacts(Document document) {
		List<Element> artifacts = new ArrayList<>();
		for (String name : List.of("dependency", "parent")) {
			NodeList nodes = document.getElementsByTagName(name);
			for (int i = 0; i < nodes.getLength(); i++) {
				artifacts.add((Element) nodes.item(i));
			}
		}
		return artifacts;
	}

	private static Document parse(String xml) throws Exception {
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
	}

	private static String text(Element element, String child) {
		NodeList nodes = element.getChildNodes();
		for (int i = 0; i < nodes.getLength(); i++) {
			if (nodes.item(i).getNodeName().equals(child)) {
				return nodes.item(i).getTextContent();
			}
		}
		return "";
	}

	private static String property(String pom, String name) {
		return PROPERTY.matcher(pom)
			.results()
			.filter((match) -> match.group(1).equals(name))
			.findFirst()
			.orElseThrow()
			.group(2);
	}

}

package io.agentflow.messaging.test.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.agentflow.messaging.test.docs.MarkdownPage.Block;
import io.agentflow.messaging.test.server.NatsServerBinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Each command of the documentation is run here, or it is known why not and who runs what
 * it stands for.
 */
class CommandsTests {

	private static final Pattern COMMAND = Pattern.compile("^(?:\\$ )?((?:[A-Z_]+=\\S+ )*"
			+ "(?:\\./dev|mvn|docker|curl|java|nats|sed|git|tail|mkdir|cd) .*?)(?: {2,}\\S.*)?$");

	private static final Pattern DEV = Pattern.compile("\\./dev ([a-z][a-z-]*)");

	private static final Pattern MODULE = Pattern.compile("-pl ([a-z,-]+)");

	private static final Pattern CLASS = Pattern.compile("\\bio\\.agentflow\\.messaging(?:\\.[a-z0-9]+)*\\.[A-Z]\\w+");

	private static final Map<String, String> NOT_RUN_HERE = notRunHere();

	@TempDir
	Path directory;

	@Test
	void knowsEveryCommandInABlock() {
		List<String> unknown = new ArrayList<>();
		Set<String> used = new TreeSet<>();
		commands().forEach((command) -> NOT_RUN_HERE.keySet()
			.stream()
			.filter((known) -> command.matches(known))
			.findFirst()
			.ifPresentOrElse(used::add, () -> unknown.add(command)));
		assertThat(unknown).isEmpty();
		assertThat(used).containsExactlyInAnyOrderElementsOf(NOT_RUN_HERE.keySet());
	}

	@Test
	void theScriptHasEveryCommandThatIsMentioned() throws Exception {
		String help = run("./dev", "help");
		Set<String> commands = help.lines()
			.filter((line) -> line.matches(" {2}[a-z-]+ .*"))
			.map((line) -> line.strip().split(" ")[0])
			.collect(Collectors.toSet());
		assertThat(commands).contains("pingpong", "test", "help");
		Set<String> mentioned = mentions(DEV, 1);
		assertThat(mentioned).hasSizeGreaterThan(6).isSubsetOf(commands);
	}

	@Test
	void everyModuleAndClassThatIsMentionedExists() throws IOException {
		assertThat(mentions(MODULE, 1).stream().flatMap((modules) -> Stream.of(modules.split(","))))
			.allSatisfy((module) -> assertThat(MarkdownPage.ROOT.resolve(module).resolve("pom.xml")).exists());
		Set<String> sources;
		try (Stream<Path> files = Files.walk(MarkdownPage.ROOT)) {
			sources = files.map(Path::toString)
				.filter((file) -> file.endsWith(".java"))
				.map((file) -> file.replaceAll(".*/java/", "").replace(".java", "").replace('/', '.'))
				.collect(Collectors.toSet());
		}
		assertThat(mentions(CLASS, 0)).isNotEmpty().isSubsetOf(sources);
	}

	@Test
	void theHashOfTheExampleIsCheckedWithCommonTools() throws Exception {
		assumeThat(new ProcessBuilder("sh", "-c", "command -v sha256sum").start().waitFor())
			.as("sha256sum, which macOS does not have")
			.isZero();
		List<Block> blocks = MarkdownPage.read(MarkdownPage.ROOT.resolve("docs/messaging.md")).blocks();
		Block message = blocks.stream()
			.filter((block) -> block.text().startsWith("{\"cost\""))
			.findFirst()
			.orElseThrow();
		String check = blocks.stream()
			.map(Block::text)
			.filter((text) -> text.startsWith("sed "))
			.findFirst()
			.orElseThrow();
		Files.writeString(this.directory.resolve("message.json"), message.text());
		String output = execute(this.directory, "sh", "-c", check);
		String hash = message.text().replaceAll("(?s).*\"envelope_hash\":\"([0-9a-f]{64})\".*", "$1");
		assertThat(output).startsWith(hash);
	}

	@Test
	void theScriptStartsAServer() throws Exception {
		ProcessBuilder builder = new ProcessBuilder("./dev", "server").directory(MarkdownPage.ROOT.toFile());
		builder.environment().put("NATS_SERVER", NatsServerBinary.require().toString());
		Process process = builder.redirectErrorStream(true).start();
		try (var output = process.inputReader()) {
			assertThat(output.lines().filter((line) -> line.startsWith("Start your application with:")).findFirst())
				.hasValueSatisfying((line) -> assertThat(line).contains("AF_BUS_URL=nats://127.0.0.1:"));
			process.destroy();
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Map<String, String> notRunHere() {
		Map<String, String> reasons = new LinkedHashMap<>();
		reasons.put("sed .*sha256sum", "theHashOfTheExampleIsCheckedWithCommonTools runs it");
		reasons.put("\\./dev server( \\d+)?", "theScriptStartsAServer runs it");
		reasons.put("\\./dev test.*|mvn .*", "Maven, which is what runs this test");
		reasons.put("(AF_BUS_URL=\\S+ )?\\./dev pingpong.*",
				"builds by Maven; the tests of the sample run its program");
		reasons.put("\\./dev perf.*", "minutes long; the tests of the sample's harness run its program");
		reasons.put("\\./dev (infra|cluster) .*|docker compose .*", "needs a container engine");
		reasons.put("curl .*localhost:8080/.*",
				"asks the reader's own application; the tests of the endpoint do the same");
		reasons.put("curl .*localhost:16686/.*", "asks Jaeger, which needs a container engine");
		reasons.put("java -cp .*af-messaging-benchmarks.*", "minutes long, and of use on a quiet machine only");
		reasons.put("nats (stream|consumer) add .*", "NATS' own tool, which is no part of this project");
		return reasons;
	}

	private static List<String> commands() {
		return MarkdownPage.all()
			.stream()
			.flatMap((page) -> page.blocks().stream())
			.filter((block) -> block.language().isEmpty())
			.flatMap((block) -> block.text().replace("\\\n", " ").lines())
			.map(COMMAND::matcher)
			.filter((matcher) -> matcher.matches())
			.map((matcher) -> matcher.group(1).replaceAll("\\s+", " "))
			.toList();
	}

	private static Set<String> mentions(Pattern pattern, int group) {
		return MarkdownPage.all()
			.stream()
			.flatMap((page) -> pattern.matcher(String.join("\n", page.lines())).results())
			.map((MatchResult match) -> match.group(group))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String run(String... command) throws Exception {
		return execute(MarkdownPage.ROOT, command);
	}

	private static String execute(Path directory, String... command) throws Exception {
		Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

}

package io.agentflow.messaging.sample;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CommandLineTests {

	@Test
	void writesShortOptionsOut() {
		assertThat(CommandLine.expand("--messages=5000", "--verbose")).containsExactly("--pingpong.messages=5000",
				"--pingpong.verbose=true");
	}

	@Test
	void leavesPropertiesOfSpringAlone() {
		assertThat(CommandLine.expand("--af.bus.url=nats://localhost", "--debug"))
			.containsExactly("--af.bus.url=nats://localhost", "--debug");
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.expand("--mesages=5000"))
			.withMessageContaining("--mesages");
		assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.expand("perf"))
			.withMessageContaining("'perf'");
	}

	@Test
	void asksForValues() {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.expand("--messages"))
			.withMessageContaining("--messages needs a value");
	}

	@Test
	void listsEveryOption() {
		assertThat(CommandLine.USAGE).contains("--role", "--messages", "--concurrency", "--payload-bytes", "--warm-up",
				"--rate", "--timeout", "--limit", "--ponger-concurrency", "--agent", "--verbose");
	}

}

package io.agentflow.messaging.test.server;

import io.nats.client.Connection;
import io.nats.client.Nats;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NatsTestTests {

	private static NatsServer shared;

	@Nested
	@NatsTest
	class First {

		@Test
		void sharesOneServer(NatsServer server) {
			assertThat(sameAsOthers(server)).isTrue();
		}

		@Nested
		class Inside {

			@Test
			void usesTheServerOfTheClassAround(NatsServer server) {
				assertThat(sameAsOthers(server)).isTrue();
			}

		}

	}

	@Nested
	@NatsTest
	class Second {

		@Test
		void sharesOneServer(NatsServer server) {
			assertThat(sameAsOthers(server)).isTrue();
			assertThat(server.isRunning()).isTrue();
		}

	}

	@Nested
	@NatsTest(config = "max_payload: 4096")
	class WithConfiguration {

		private static NatsServer own;

		@BeforeAll
		static void takesServerBeforeAll(NatsServer server) {
			own = server;
		}

		@Test
		void hasAServerForItself(NatsServer server) throws Exception {
			assertThat(server).isSameAs(own).isNotSameAs(shared);
			try (Connection connection = Nats.connect(server.url())) {
				assertThat(connection.getMaxPayload()).isEqualTo(4096);
			}
		}

	}

	@Nested
	@NatsTest(shared = false)
	class NotShared {

		@Test
		void hasAServerForItself(NatsServer server) {
			assertThat(server).isNotSameAs(shared);
			server.kill();
		}

	}

	private static boolean sameAsOthers(NatsServer server) {
		shared = (shared != null) ? shared : server;
		return shared == server;
	}

}

package io.agentflow.messaging.sample;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import io.agentflow.messaging.sample.harness.Exchange;
import io.agentflow.messaging.sample.harness.ExchangeProcess;
import io.agentflow.messaging.sample.harness.RawExchange;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

@NatsTest(shared = false)
class ContestantProcessTests {

	@Test
	void answersEachLineWithTheFiguresOfARun(NatsServer server) throws Exception {
		System.setProperty("af.bus.url", server.url());
		try (BackboneExchanges exchanges = new BackboneExchanges()) {
			Exchange ours = exchanges.ours(false);
			assertThat(serve(ours, "20 2 100\n30 1 100\n")).containsPattern("RESULT [0-9. ]+ 0 20")
				.containsPattern("RESULT [0-9. ]+ 0 30");
			assertThat(serve(RawExchange.open(server.url()), "10 1 100\n")).startsWith("READY")
				.containsPattern("RESULT [0-9. ]+ 0 10");
		}
		finally {
			System.clearProperty("af.bus.url");
		}
	}

	private static String serve(Exchange exchange, String lines) throws Exception {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		ExchangeProcess.serve(exchange, new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
				new PrintStream(output, true, StandardCharsets.UTF_8));
		return output.toString(StandardCharsets.UTF_8);
	}

}

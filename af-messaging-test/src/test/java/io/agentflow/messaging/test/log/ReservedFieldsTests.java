package io.agentflow.messaging.test.log;

import java.nio.file.Path;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.observation.MessageMdc;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What code sets under a reserved name, in each of the four ways and in the midst of a
 * message, is kept beside, counted, and warned about once.
 */
class ReservedFieldsTests {

	private static final Logger logger = LoggerFactory.getLogger(ReservedFieldsTests.class);

	private static final AfMessage<?> MESSAGE = AfMessage.event("a", "b")
		.workflowId("wf")
		.agentId("ag")
		.correlationId("co")
		.build();

	@Test
	void areKeptCountedAndWarnedAboutOnce(@TempDir Path directory) {
		try (LoggedApplication application = LoggedApplication.start(App.class, directory.resolve("app.log"))) {
			for (int i = 0; i < 3; i++) {
				logInEachWay();
			}
			for (String[] way : new String[][] { { "MDC", "message_id", MESSAGE.id() }, { "pair", "workflow_id", "wf" },
					{ "argument", "agent_id", "ag" }, { "marker", "correlation_id", "co" } }) {
				assertThat(application.log().withMessage("by " + way[0]).events()).hasSize(3).allSatisfy((line) -> {
					assertThat(line.get(way[1]).stringValue()).isEqualTo(way[2]);
					assertThat(line.get("app_" + way[1]).stringValue()).isEqualTo("forged");
				});
				assertThat(application.get(MeterRegistry.class)
					.get("af.logging.reserved.overrides")
					.tag("field", way[1])
					.functionCounter()
					.count()).isEqualTo(3);
			}
			assertThat(application.log().with("logger_name", "af.logging").events())
				.extracting((line) -> line.get("message").stringValue().split(" ")[3])
				.containsExactlyInAnyOrderElementsOf(
						List.of("message_id", "workflow_id", "agent_id", "correlation_id"));
		}
	}

	private static void logInEachWay() {
		try (MessageMdc ids = MessageMdc.open(MESSAGE)) {
			String before = MDC.get("message_id");
			MDC.put("message_id", "forged");
			logger.info("by MDC");
			MDC.put("message_id", before);
			logger.atInfo().addKeyValue("workflow_id", "forged").log("by pair");
			logger.info("by argument {}", StructuredArguments.value("agent_id", "forged"));
			logger.info(Markers.append("correlation_id", "forged"), "by marker");
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = AfMessagingAutoConfiguration.class)
	static class App {

	}

}

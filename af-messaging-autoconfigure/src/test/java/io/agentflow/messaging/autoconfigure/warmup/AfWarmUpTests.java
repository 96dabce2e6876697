package io.agentflow.messaging.autoconfigure.warmup;

import java.util.List;

import io.nats.client.JetStreamManagement;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

@NatsTest(shared = false)
class AfWarmUpTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class, AfWarmUpAutoConfiguration.class))
		.withPropertyValues("spring.application.name=warm");

	@Test
	void isOffUnlessAskedFor(NatsServer server) {
		this.runner.withPropertyValues("af.bus.url=" + server.url())
			.run((context) -> assertThat(context).doesNotHaveBean(AfWarmUp.class));
	}

	@Test
	void answersItsOwnRequestsBeforeListenersStart(NatsServer server) {
		this.runner.withPropertyValues("af.bus.url=" + server.url(), "af.warm-up.messages=60").run((context) -> {
			assertThat(context.getBean(AfWarmUp.class).answered()).isEqualTo(60);
			assertThat(context.getBean(AfWarmUp.class).getPhase())
				.isLessThan(context.getBean(AfListenerRegistry.class).getPhase());
			context.getBean(AfPublisher.class).publish("agents.a.in", AfMessage.event("b", "a").build());
		});
	}

	@Test
	void leavesNothingButAnEmptyStream(NatsServer server) {
		this.runner.withPropertyValues("af.bus.url=" + server.url(), "af.warm-up.messages=60").run((context) -> {
			JetStreamManagement management = management(context);
			assertThat(management.getStreamInfo("AF_WARM_UP").getStreamState().getMsgCount()).isZero();
			assertThat(management.getStreamInfo("AF_WARM_UP").getStreamState().getConsumerCount()).isZero();
			assertThat(management.getStreamInfo("AF_DEAD_LETTERS").getStreamState().getMsgCount()).isZero();
			assertThat(management.getStreamInfo("AF_MESSAGES").getStreamState().getConsumerCount()).isZero();
		});
	}

	@Test
	void endsWhenItsTimeIsUp(NatsServer server) {
		this.runner
			.withPropertyValues("af.bus.url=" + server.url(), "af.warm-up.messages=1000000",
					"af.warm-up.time-limit=50ms")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(AfWarmUp.class).answered()).isLessThan(1000000);
				assertThat(management(context).getConsumerNames("AF_WARM_UP")).isEmpty();
			});
	}

	@Test
	void makesNoStreamWhereTheApplicationMayNot(NatsServer server) {
		this.runner.withPropertyValues("af.bus.url=" + server.url()).run((context) -> {
			List<String> streams = management(context).getStreamNames();
			if (streams.contains("AF_WARM_UP")) {
				management(context).deleteStream("AF_WARM_UP");
			}
		});
		this.runner
			.withPropertyValues("af.bus.url=" + server.url(), "af.warm-up.messages=60", "af.bus.provisioning=validate")
			.run((context) -> {
				assertThat(context.getBean(AfWarmUp.class).answered()).isZero();
				assertThat(management(context).getStreamNames()).doesNotContain("AF_WARM_UP");
			});
	}

	private static JetStreamManagement management(ApplicationContext context) throws Exception {
		return context.getBean(BusConnection.class).current().jetStreamManagement();
	}

}

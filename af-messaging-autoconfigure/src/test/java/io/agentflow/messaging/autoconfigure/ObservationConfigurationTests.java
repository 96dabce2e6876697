package io.agentflow.messaging.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.observation.AfPublishContext;
import io.agentflow.messaging.observation.AfPublishConvention;
import io.agentflow.messaging.observation.DefaultAfPublishConvention;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

@NatsTest
class ObservationConfigurationTests {

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(AfMessagingAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withPropertyValues("af.tracing.enabled=false", "spring.application.name=observed");

	@BeforeEach
	void point(NatsServer server) {
		this.runner = this.runner.withPropertyValues("af.bus.url=" + server.url());
	}

	@Test
	void tellsHandlersOfTheApplicationEverything() {
		Seen seen = new Seen();
		this.runner.withBean(Seen.class, () -> seen).run((context) -> {
			context.getBean(AfPublisher.class).publish("agents.a.in", AfMessage.event("a", "b").build());
			assertThat(seen.names).containsExactly("publish agents.*.in");
		});
	}

	@Test
	void asksConventionsOfTheApplication() {
		List<String> asked = new ArrayList<>();
		AfPublishConvention convention = new DefaultAfPublishConvention() {

			@Override
			public String getContextualName(AfPublishContext context) {
				asked.add(context.subject());
				return "sent";
			}

		};
		this.runner.withBean(Seen.class, Seen::new)
			.withBean(AfPublishConvention.class, () -> convention)
			.run((context) -> {
				context.getBean(AfPublisher.class).publish("agents.a.in", AfMessage.event("a", "b").build());
				assertThat(asked).contains("agents.a.in");
				assertThat(context.getBean(Seen.class).names).containsExactly("sent");
			});
	}

	@Test
	void showsEverythingToARegistryOfTheApplication() {
		Seen seen = new Seen();
		OwnRegistry registry = new OwnRegistry(ObservationRegistry.create());
		registry.observationConfig().observationHandler(seen);
		this.runner.withBean(ObservationRegistry.class, () -> registry).run((context) -> {
			context.getBean(AfPublisher.class).publish("agents.a.in", AfMessage.event("a", "b").build());
			assertThat(seen.names).containsExactly("publish agents.*.in");
		});
	}

	private record OwnRegistry(ObservationRegistry delegate) implements ObservationRegistry {

		@Override
		public @Nullable Observation getCurrentObservation() {
			return this.delegate.getCurrentObservation();
		}

		@Override
		public Observation.@Nullable Scope getCurrentObservationScope() {
			return this.delegate.getCurrentObservationScope();
		}

		@Override
		public void setCurrentObservationScope(Observation.@Nullable Scope current) {
			this.delegate.setCurrentObservationScope(current);
		}

		@Override
		public ObservationConfig observationConfig() {
			return this.delegate.observationConfig();
		}

	}

	private static final class Seen implements ObservationHandler<AfPublishContext> {

		private final List<String> names = new ArrayList<>();

		@Override
		public void onStop(AfPublishContext context) {
			this.names.add(String.valueOf(context.getContextualName()));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AfPublishContext;
		}

	}

}

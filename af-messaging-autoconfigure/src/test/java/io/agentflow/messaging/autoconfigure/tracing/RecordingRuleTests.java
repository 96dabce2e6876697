package io.agentflow.messaging.autoconfigure.tracing;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

import io.agentflow.messaging.observation.TraceContext;

import static org.assertj.core.api.Assertions.assertThat;

class RecordingRuleTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void followsTheParentByDefault() {
		RecordingRule rule = rule(Sampler.parentBased(Sampler.traceIdRatioBased(0.1)));
		assertThat(rule).isEqualTo(RecordingRule.BY_PARENT);
		assertThat(rule.mayRecord(null)).isTrue();
		assertThat(rule.mayRecord(parent(1))).isTrue();
		assertThat(rule.mayRecord(parent(0))).isFalse();
	}

	@Test
	void cannotTellForOtherSamplers() {
		Sampler revives = Sampler.parentBasedBuilder(Sampler.alwaysOn())
			.setRemoteParentNotSampled(Sampler.alwaysOn())
			.build();
		assertThat(rule(revives)).isEqualTo(RecordingRule.ANY);
		assertThat(rule(Sampler.alwaysOn())).isEqualTo(RecordingRule.ANY);
		assertThat(RecordingRule.of(this.environment, new DefaultListableBeanFactory())).isEqualTo(RecordingRule.ANY);
		assertThat(RecordingRule.ANY.mayRecord(parent(0))).isTrue();
	}

	@Test
	void recordsNothingWhereTracingIsOff() {
		assertThat(rule(Sampler.alwaysOff())).isEqualTo(RecordingRule.NONE);
		this.environment.setProperty("af.tracing.enabled", "false");
		assertThat(rule(Sampler.alwaysOn())).isEqualTo(RecordingRule.NONE);
		assertThat(RecordingRule.NONE.mayRecord(parent(1))).isFalse();
		assertThat(RecordingRule.NONE.mayRecord(null)).isFalse();
	}

	private RecordingRule rule(Sampler sampler) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("otelSampler", sampler);
		return RecordingRule.of(this.environment, beans);
	}

	private static TraceContext parent(int flags) {
		return new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", flags);
	}

}

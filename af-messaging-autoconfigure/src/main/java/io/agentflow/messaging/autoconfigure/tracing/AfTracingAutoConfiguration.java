package io.agentflow.messaging.autoconfigure.tracing;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.agentflow.messaging.observation.CurrentTrace;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the trace that messages are in.
 */
@AutoConfiguration(afterName = {
		"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration" })
@ConditionalOnClass(Tracer.class)
@ConditionalOnBean(Tracer.class)
public final class AfTracingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CurrentTrace afCurrentTrace(Tracer tracer, Environment environment, BeanFactory beans) {
		return new TracerCurrentTrace(tracer, RecordingRule.of(environment, beans));
	}

	@Bean
	@ConditionalOnBean(Propagator.class)
	@ConditionalOnMissingBean
	LinkingTracingHandler afLinkingTracingHandler(Tracer tracer, Propagator propagator) {
		return new LinkingTracingHandler(tracer, propagator);
	}

}

package io.agentflow.messaging.autoconfigure.tracing;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.agentflow.messaging.observation.TraceContext;

/**
 * Which spans might be recorded.
 */
enum RecordingRule {

	/** None: tracing is off. */
	NONE,

	/** Those of recorded parents, and any that starts a trace. */
	BY_PARENT,

	/** Nobody can tell before the tracer is asked. */
	ANY;

	private static final String SAMPLER = "io.opentelemetry.sdk.trace.samplers.Sampler";

	boolean mayRecord(@Nullable TraceContext parent) {
		return this == ANY || (this == BY_PARENT && (parent == null || parent.isSampled()));
	}

	/**
	 * Reads the rule off the application's configuration.
	 */
	static RecordingRule of(Environment environment, BeanFactory beans) {
		if (!environment.getProperty("af.tracing.enabled", Boolean.class, true)
				|| !environment.getProperty("management.tracing.export.enabled", Boolean.class, true)) {
			return NONE;
		}
		boolean openTelemetry = ClassUtils.isPresent(SAMPLER, RecordingRule.class.getClassLoader());
		return openTelemetry ? OpenTelemetryRule.of(beans) : ANY;
	}

	/**
	 * Apart, for applications that trace with something else.
	 */
	private static final class OpenTelemetryRule {

		/**
		 * A sampler tells what it is made of by its description only.
		 */
		static RecordingRule of(BeanFactory beans) {
			Sampler sampler = beans.getBeanProvider(Sampler.class).getIfUnique();
			String description = (sampler != null) ? sampler.getDescription() : "";
			if (description.equals(Sampler.alwaysOff().getDescription())) {
				return NONE;
			}
			boolean byParent = description.startsWith("ParentBased{")
					&& description.contains("remoteParentNotSampled:AlwaysOffSampler")
					&& description.contains("localParentNotSampled:AlwaysOffSampler");
			return byParent ? BY_PARENT : ANY;
		}

	}

}

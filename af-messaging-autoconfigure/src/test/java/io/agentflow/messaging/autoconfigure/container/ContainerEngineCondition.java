package io.agentflow.messaging.autoconfigure.container;

import java.io.IOException;
import java.util.Optional;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.testcontainers.DockerClientFactory;

/**
 * Asks for an engine first, so that tests that need one are skipped with a reason.
 */
class ContainerEngineCondition implements ExecutionCondition {

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		Optional<RequiresContainerEngine> required = AnnotationSupport.findAnnotation(context.getTestClass(),
				RequiresContainerEngine.class);
		return required.map(ContainerEngineCondition::evaluate)
			.orElseGet(() -> ConditionEvaluationResult.enabled("needs no container engine"));
	}

	private static ConditionEvaluationResult evaluate(RequiresContainerEngine required) {
		if (!DockerClientFactory.instance().isDockerAvailable()) {
			return ConditionEvaluationResult.disabled("no container engine answers");
		}
		if (required.compose() && !hasCompose()) {
			return ConditionEvaluationResult
				.disabled("docker compose does not answer (no v2 plugin, or no engine for it)");
		}
		for (String image : required.images()) {
			if (!NatsImages.isAvailable(NatsImages.versioned(image))) {
				return ConditionEvaluationResult.disabled("no image " + NatsImages.versioned(image) + " can be had");
			}
		}
		if (required.images().length == 0 && NatsImages.find().isEmpty()) {
			return ConditionEvaluationResult.disabled("no image of nats can be had, nor made from a nats-server here");
		}
		return ConditionEvaluationResult.enabled("a container engine answers");
	}

	private static boolean hasCompose() {
		try {
			return new ProcessBuilder("docker", "compose", "ls").redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}

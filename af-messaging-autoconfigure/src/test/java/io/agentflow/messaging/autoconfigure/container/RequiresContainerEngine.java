package io.agentflow.messaging.autoconfigure.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a test class where no container engine answers or no image of nats can be had,
 * and says which.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ContainerEngineCondition.class)
@interface RequiresContainerEngine {

	/**
	 * Further images that the test needs.
	 * @return keys of the project's {@code .env} and the names that take their value
	 */
	String[] images() default {};

	/**
	 * Whether the engine's client must have Compose v2.
	 * @return whether it must
	 */
	boolean compose() default false;

}

package io.agentflow.messaging.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.env.Environment;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of an application's messaging alone, on a real nats-server: its components with
 * {@link io.agentflow.messaging.listener.AfListener} methods and the beans of AgentFlow
 * messaging are there, its other components and auto-configurations are not. What the
 * listeners need is added with {@code @Import} or {@code @MockitoBean}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(AfMessagingTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(AfMessagingTypeExcludeFilter.class)
@ImportAutoConfiguration
@AutoConfigureNatsServer
public @interface AfMessagingTest {

	/**
	 * Properties in the form {@code key=value} for the {@link Environment}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Whether components with listeners are found by themselves.
	 * @return whether the default filter is used
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Further components to be found.
	 * @return filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Components not to be found.
	 * @return filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations to leave out.
	 * @return classes
	 */
	Class<?>[] excludeAutoConfiguration() default {};

}

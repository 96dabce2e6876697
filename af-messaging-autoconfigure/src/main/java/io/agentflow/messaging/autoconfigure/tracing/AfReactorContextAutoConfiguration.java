package io.agentflow.messaging.autoconfigure.tracing;

import io.micrometer.context.ContextSnapshot;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Hooks;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for applications that use Reactor
 * without Spring Boot's module for it, which else does the same by the same property.
 */
@AutoConfiguration
@ConditionalOnClass({ Hooks.class, ContextSnapshot.class })
@ConditionalOnMissingClass("org.springframework.boot.reactor.autoconfigure.ReactorAutoConfiguration")
@ConditionalOnProperty(name = ContextPropagationEnvironmentPostProcessor.REACTOR, havingValue = "auto")
public final class AfReactorContextAutoConfiguration {

	@Bean
	InitializingBean afReactorContextPropagation() {
		return Hooks::enableAutomaticContextPropagation;
	}

}

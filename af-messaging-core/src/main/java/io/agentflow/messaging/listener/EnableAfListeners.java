package io.agentflow.messaging.listener;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Lets {@link AfListener} methods of all beans be found and called. Needs beans of type
 * {@link AfListenerRegistry} and {@link io.agentflow.messaging.codec.EnvelopeCodec}; uses
 * a {@link org.springframework.validation.Validator} and a
 * {@link org.springframework.core.convert.ConversionService} where there are. Spring Boot
 * applications have it by auto-configuration.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(AfListenerConfiguration.class)
public @interface EnableAfListeners {

}

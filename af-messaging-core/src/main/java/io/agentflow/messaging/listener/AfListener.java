package io.agentflow.messaging.listener;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes a method of a bean the handler of a durable consumer.
 * <p>
 * The method's parameters may be, in any order: the payload (any type that the payload
 * mapper reads, with type arguments; validated if annotated {@code @Valid} or
 * {@code @Validated}), {@link io.agentflow.messaging.AfMessage AfMessage&lt;T&gt;},
 * {@link io.agentflow.messaging.Delivery}, {@link Acknowledgment} (the method then
 * settles the message itself), and
 * {@link org.springframework.messaging.handler.annotation.Header @Header} or
 * {@link org.springframework.messaging.handler.annotation.Headers @Headers} values. With
 * {@link #batch()} there is one parameter, a {@code List} of payloads or of
 * {@code AfMessage}s.
 * <p>
 * The message is acknowledged when the method returns, or when the returned
 * {@link java.util.concurrent.CompletionStage} or {@code Mono} completes. What it returns
 * for a request is published as the response, before the request is acknowledged. What it
 * throws is decided on by the {@link io.agentflow.messaging.failure.FailurePolicy}.
 * <p>
 * All texts may hold <code>${}</code> placeholders and <code>#{}</code> expressions.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(AfListeners.class)
@Reflective(AfListenerReflectiveProcessor.class)
public @interface AfListener {

	/**
	 * Alias of {@link #subject}.
	 * @return subject filters
	 */
	@AliasFor("subject")
	String[] value() default {};

	/**
	 * What to listen to: one or more subject filters, all of one stream; several need
	 * nats-server 2.10.
	 * @return subject filters
	 */
	@AliasFor("value")
	String[] subject() default {};

	/**
	 * Id, unique in the application, of {@code [A-Za-z0-9_-]}; part of the durable
	 * consumer's name, so it should outlive renamed methods.
	 * @return the id; {@code <bean name>-<method name>} if empty
	 */
	String id() default "";

	/**
	 * Name of the durable consumer.
	 * @return the name; {@code <application>_<id>} if empty
	 */
	String durable() default "";

	/**
	 * Number of threads.
	 * @return a number; {@code af.bus.listener.concurrency} if empty
	 */
	String concurrency() default "";

	/**
	 * Order among the threads.
	 * @return the order
	 */
	Ordering ordering() default Ordering.NONE;

	/**
	 * How long the broker waits for a sign of life.
	 * @return a duration such as {@code 30s}; {@code af.bus.ack-wait} if empty
	 */
	String ackWait() default "";

	/**
	 * How many messages may be delivered and not settled, over all instances.
	 * @return a number; {@code af.bus.max-in-flight} if empty
	 */
	String maxInFlight() default "";

	/**
	 * How often a message is tried, the first time included.
	 * @return a number; {@code af.bus.retry.max-attempts} if empty
	 */
	String maxAttempts() default "";

	/**
	 * Wait before the second attempt.
	 * @return a duration such as {@code 500ms}; {@code af.bus.retry.initial-delay} if
	 * empty
	 */
	String retryDelay() default "";

	/**
	 * Longest wait between two attempts.
	 * @return a duration such as {@code 5m}; {@code af.bus.retry.max-delay} if empty
	 */
	String maxRetryDelay() default "";

	/**
	 * How long a handler may take before the message is taken away from it.
	 * @return a duration such as {@code 10m}; {@code af.bus.listener.max-processing-time}
	 * if empty
	 */
	String maxProcessingTime() default "";

	/**
	 * Number of messages to fetch ahead.
	 * @return a number; follows the handler's speed if empty
	 */
	String prefetch() default "";

	/**
	 * Whether the method takes a list of messages.
	 * @return {@code true} for batches
	 */
	boolean batch() default false;

	/**
	 * Largest batch.
	 * @return a number
	 */
	String batchSize() default "100";

	/**
	 * Name of the {@link AfListenerRegistry} bean to register with, for applications with
	 * several buses.
	 * @return the bean's name; the only registry, or the default one, if empty
	 */
	String registry() default "";

	/**
	 * Whether the listener starts with the application.
	 * @return {@code true} or {@code false}
	 */
	String autoStartup() default "true";

}

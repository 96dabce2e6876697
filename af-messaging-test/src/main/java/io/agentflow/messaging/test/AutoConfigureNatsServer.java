package io.agentflow.messaging.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the application context of a test a real nats-server of its own, on a free port
 * with a temporary store, and points {@code af.bus.url} to it. The test may inject it as
 * {@link io.agentflow.messaging.test.server.NatsServer} to stop, kill, pause and restart
 * it, and {@link PublishedMessages} and {@link RecordedDeliveries} to look at what became
 * of messages. It lives as long as the context, which Spring keeps for further tests of
 * the same configuration. To be added to {@code @SpringBootTest}; {@link AfMessagingTest}
 * has it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface AutoConfigureNatsServer {

}

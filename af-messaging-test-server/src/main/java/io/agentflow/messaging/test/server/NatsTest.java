package io.agentflow.messaging.test.server;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a JUnit Jupiter test class a real nats-server: its constructor, test and
 * life-cycle methods may take a {@link NatsServer} parameter.
 * <p>
 * All such classes of a JVM share one server, so they must use names of their own or tidy
 * up, and must not stop it. A class that stops, reconfigures or fills the server takes
 * one for itself with {@code shared = false} or with {@link #config()}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NatsServerExtension.class)
public @interface NatsTest {

	/**
	 * Whether the server is the one of the JVM. If not, the class gets one for itself,
	 * which ends with it.
	 * @return whether it is shared
	 */
	boolean shared() default true;

	/**
	 * Lines appended to the server's configuration. With any, the server is not shared.
	 * @return the lines
	 */
	String[] config() default {};

}

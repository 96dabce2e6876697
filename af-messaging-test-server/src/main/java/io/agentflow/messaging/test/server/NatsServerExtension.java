package io.agentflow.messaging.test.server;

import java.util.Optional;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Resolves {@link NatsServer} parameters, as {@link NatsTest} describes. Used without
 * that annotation it gives the shared server.
 */
public final class NatsServerExtension implements ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(NatsServerExtension.class);

	/**
	 * For JUnit.
	 */
	public NatsServerExtension() {
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == NatsServer.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return server(context);
	}

	/**
	 * The server of a test, for other extensions. It is started when it is first asked
	 * for.
	 * @param context the test's context
	 * @return the server that the test's parameters get
	 */
	public static NatsServer server(ExtensionContext context) {
		ExtensionContext annotated = annotated(context);
		Optional<NatsTest> annotation = annotation(annotated);
		String config = annotation.map((test) -> String.join("\n", test.config())).orElse("");
		boolean shared = annotation.map(NatsTest::shared).orElse(true) && config.isEmpty();
		Store store = (shared ? context.getRoot() : annotated).getStore(NAMESPACE);
		// The store closes what is closeable when its context ends. It also looks into
		// the
		// stores around it: by one key, a class of its own server would get the shared
		// one.
		return store.computeIfAbsent(shared ? "shared" : "own", (key) -> NatsServer.builder().config(config).start(),
				NatsServer.class);
	}

	/** The class with the annotation: nested classes use the server of the one around. */
	private static ExtensionContext annotated(ExtensionContext context) {
		ExtensionContext found = context;
		while (found.getTestMethod().isPresent() || annotation(found).isEmpty()) {
			if (found.getParent().isEmpty()) {
				return found;
			}
			found = found.getParent().get();
		}
		return found;
	}

	private static Optional<NatsTest> annotation(ExtensionContext context) {
		return AnnotationSupport.findAnnotation(context.getTestClass(), NatsTest.class);
	}

}

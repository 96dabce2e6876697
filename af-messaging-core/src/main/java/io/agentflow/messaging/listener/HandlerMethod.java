package io.agentflow.messaging.listener;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean, called with arguments made from a message.
 */
final class HandlerMethod {

	private final Object bean;

	private final Method method;

	private final List<HandlerArguments.Argument> arguments;

	private final HandlerArguments.@Nullable Argument batchElement;

	HandlerMethod(Object bean, Method method, List<HandlerArguments.Argument> arguments,
			HandlerArguments.@Nullable Argument batchElement) {
		this.bean = bean;
		this.method = method;
		this.arguments = arguments;
		this.batchElement = batchElement;
		ReflectionUtils.makeAccessible(method);
	}

	boolean acknowledges() {
		return this.arguments.stream().anyMatch(HandlerArguments.AcknowledgmentArgument.class::isInstance);
	}

	AfMessageHandler asHandler() {
		return (message, delivery) -> call(new Received(message, delivery), null);
	}

	AfAcknowledgingHandler asAcknowledgingHandler() {
		return (message, delivery, acknowledgment) -> call(new Received(message, delivery), acknowledgment);
	}

	AfBatchHandler asBatchHandler() {
		HandlerArguments.Argument element = this.batchElement;
		if (element == null) {
			throw new ListenerDefinitionException("@AfListener method "
					+ this.method.getDeclaringClass().getSimpleName() + "." + this.method.getName()
					+ " with batch=true must have one parameter, a List of payloads or of AfMessage<T>");
		}
		return (messages) -> {
			List<@Nullable Object> elements = new ArrayList<>(messages.size());
			messages.forEach((received) -> elements.add(element.resolve(received, null)));
			invoke(new Object[] { elements });
		};
	}

	private @Nullable Object call(Received received, @Nullable Acknowledgment acknowledgment) throws Exception {
		@Nullable Object[] values = new Object[this.arguments.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.arguments.get(i).resolve(received, acknowledgment);
		}
		return asStage(invoke(values));
	}

	private @Nullable Object invoke(@Nullable Object[] values) throws Exception {
		try {
			return this.method.invoke(this.bean, values);
		}
		catch (InvocationTargetException ex) {
			Throwable thrown = ex.getTargetException();
			if (thrown instanceof Exception exception) {
				throw exception;
			}
			throw (Error) thrown;
		}
	}

	/**
	 * A {@code Mono}, or what Spring knows to be like one, as a stage; anything else as
	 * it is.
	 */
	private static @Nullable Object asStage(@Nullable Object result) {
		if (result == null || result instanceof CompletionStage<?>) {
			return result;
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(result.getClass());
		if (adapter == null || adapter.isMultiValue()) {
			return result;
		}
		return Reactor.toStage(adapter.toPublisher(result));
	}

	/**
	 * Apart, so that Reactor is only needed where it is used.
	 */
	private static final class Reactor {

		private Reactor() {
		}

		static CompletionStage<?> toStage(Publisher<?> publisher) {
			// Captured here, where the message's ids and span are this thread's.
			return Mono.from(publisher).contextCapture().toFuture();
		}

	}

}

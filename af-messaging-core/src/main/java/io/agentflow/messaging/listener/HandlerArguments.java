package io.agentflow.messaging.listener;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.codec.PayloadConversionException;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Finds out, once, where each argument of a handler method comes from.
 */
final class HandlerArguments {

	private final EnvelopeCodec codec;

	private final @Nullable Validator validator;

	private final ConversionService conversions;

	private final ConfigurableBeanFactory beanFactory;

	private final Method method;

	private @Nullable Argument batchElement;

	HandlerArguments(EnvelopeCodec codec, @Nullable Validator validator, ConversionService conversions,
			ConfigurableBeanFactory beanFactory, Method method) {
		this.codec = codec;
		this.validator = validator;
		this.conversions = conversions;
		this.beanFactory = beanFactory;
		this.method = method;
	}

	/**
	 * Returns the sources of all arguments, in their order.
	 */
	List<Argument> resolve() {
		List<Argument> arguments = new ArrayList<>();
		int payloads = 0;
		for (int i = 0; i < this.method.getParameterCount(); i++) {
			MethodParameter parameter = new SynthesizingMethodParameter(this.method, i);
			Argument special = special(parameter);
			if (special == null && ++payloads > 1) {
				throw new ListenerDefinitionException("@AfListener method " + describe()
						+ " has more than one parameter that could be the payload: number " + (i + 1) + " of type "
						+ parameter.getParameterType().getSimpleName()
						+ " is one too many. Allowed are one payload, AfMessage<T>, Delivery, Acknowledgment,"
						+ " @Header and @Headers");
			}
			arguments.add((special != null) ? special : payload(parameter));
		}
		if (arguments.size() == 1 && List.class.isAssignableFrom(this.method.getParameterTypes()[0])) {
			this.batchElement = element(new SynthesizingMethodParameter(this.method, 0));
		}
		return arguments;
	}

	/**
	 * Returns the source of one element, where the only parameter is a list.
	 */
	@Nullable Argument batchElement() {
		return this.batchElement;
	}

	private @Nullable Argument special(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		Header header = parameter.getParameterAnnotation(Header.class);
		if (header != null) {
			return new HeaderArgument(parameter, header, this.conversions, this.beanFactory);
		}
		if (parameter.hasParameterAnnotation(Headers.class)) {
			if (type != Map.class) {
				throw new ListenerDefinitionException("@AfListener method " + describe()
						+ ": a @Headers parameter must be a Map<String, List<String>>");
			}
			return (received, acknowledgment) -> received.delivery().headers();
		}
		if (type == AfMessage.class) {
			return message(parameter, ResolvableType.forMethodParameter(parameter));
		}
		if (type == Delivery.class) {
			return (received, acknowledgment) -> received.delivery();
		}
		if (type == Acknowledgment.class) {
			return new AcknowledgmentArgument();
		}
		return null;
	}

	private Argument message(MethodParameter parameter, ResolvableType declared) {
		ResolvableType payload = declared.getGeneric(0);
		if (payload.resolve() == null || payload.resolve() == Object.class || payload.resolve() == JsonNode.class) {
			return (received, acknowledgment) -> received.message();
		}
		PayloadCheck check = check(parameter);
		Type type = payload.getType();
		return (received, acknowledgment) -> {
			AfMessage<?> message = this.codec.convert(received.message(), type);
			check.validate(message.payload());
			return message;
		};
	}

	private Argument payload(MethodParameter parameter) {
		return payload(parameter, ResolvableType.forMethodParameter(parameter), parameter.isOptional());
	}

	private Argument payload(MethodParameter parameter, ResolvableType declared, boolean optional) {
		if (declared.resolve() == JsonNode.class) {
			return (received, acknowledgment) -> received.message().payload();
		}
		PayloadCheck check = check(parameter);
		Type type = declared.getType();
		return (received, acknowledgment) -> {
			Object payload = this.codec.convert(received.message(), type).payload();
			if (payload == null && !optional) {
				throw new PayloadConversionException("The payload is null, but parameter "
						+ (parameter.getParameterIndex() + 1) + " of " + describe() + " is not @Nullable", null);
			}
			check.validate(payload);
			return payload;
		};
	}

	private Argument element(MethodParameter parameter) {
		ResolvableType element = ResolvableType.forMethodParameter(parameter).asCollection().getGeneric(0);
		return (element.resolve() == AfMessage.class) ? message(parameter, element) : payload(parameter, element, true);
	}

	private PayloadCheck check(MethodParameter parameter) {
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
			if (hints != null) {
				if (this.validator == null) {
					throw new ListenerDefinitionException("@AfListener method " + describe()
							+ " asks for validation by @" + annotation.annotationType().getSimpleName()
							+ ", but there is no Validator. Add spring-boot-starter-validation");
				}
				return new ValidatingPayloadCheck(this.validator, hints);
			}
		}
		return (payload) -> {
		};
	}

	private String describe() {
		return this.method.getDeclaringClass().getSimpleName() + "." + this.method.getName();
	}

	/**
	 * Where one argument comes from.
	 */
	@FunctionalInterface
	interface Argument {

		@Nullable Object resolve(Received received, @Nullable Acknowledgment acknowledgment);

	}

	/**
	 * Refuses payloads that are not valid.
	 */
	@FunctionalInterface
	interface PayloadCheck {

		void validate(@Nullable Object payload);

	}

	/**
	 * Marks a method that settles its messages itself.
	 */
	static final class AcknowledgmentArgument implements Argument {

		@Override
		public @Nullable Object resolve(Received received, @Nullable Acknowledgment acknowledgment) {
			return acknowledgment;
		}

	}

}

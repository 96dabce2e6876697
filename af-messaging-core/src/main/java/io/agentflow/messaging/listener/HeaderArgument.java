package io.agentflow.messaging.listener;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.failure.PermanentFailureException;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.ValueConstants;

/**
 * The value of one NATS header, converted to the parameter's type. Names are compared
 * without regard to case.
 */
final class HeaderArgument implements HandlerArguments.Argument {

	private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);

	private static final TypeDescriptor TEXTS = TypeDescriptor.collection(List.class, TEXT);

	private final String name;

	private final boolean required;

	private final @Nullable String defaultValue;

	private final TypeDescriptor type;

	private final ConversionService conversions;

	HeaderArgument(MethodParameter parameter, Header header, ConversionService conversions,
			ConfigurableBeanFactory beanFactory) {
		parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		String written = header.name().isEmpty() ? parameter.getParameterName() : header.name();
		if (written == null) {
			throw new ListenerDefinitionException("@Header needs a name: class "
					+ parameter.getDeclaringClass().getSimpleName() + " was compiled without -parameters");
		}
		this.name = written;
		String fallback = header.defaultValue();
		this.defaultValue = ValueConstants.DEFAULT_NONE.equals(fallback) ? null
				: beanFactory.resolveEmbeddedValue(fallback);
		this.required = header.required() && this.defaultValue == null && !parameter.isOptional();
		this.type = new TypeDescriptor(parameter);
		this.conversions = conversions;
	}

	@Override
	public @Nullable Object resolve(Received received, @Nullable Acknowledgment acknowledgment) {
		List<String> values = find(received.delivery().headers());
		if (values == null) {
			if (this.required) {
				throw new PermanentFailureException("Header " + this.name + " is missing, and the handler requires it");
			}
			return (this.defaultValue != null) ? this.conversions.convert(this.defaultValue, TEXT, this.type)
					: this.conversions.convert(null, TEXT, this.type);
		}
		return (values.size() == 1) ? this.conversions.convert(values.get(0), TEXT, this.type)
				: this.conversions.convert(values, TEXTS, this.type);
	}

	private @Nullable List<String> find(Map<String, List<String>> headers) {
		for (Map.Entry<String, List<String>> header : headers.entrySet()) {
			if (header.getKey().equalsIgnoreCase(this.name) && !header.getValue().isEmpty()) {
				return header.getValue();
			}
		}
		return null;
	}

}

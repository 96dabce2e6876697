package io.agentflow.messaging.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.listener.AfListenerBeanPostProcessor.Found;

import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.expression.StandardBeanExpressionResolver;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.StringUtils;

/**
 * Reads annotations into listeners: placeholders, expressions, numbers and durations.
 */
final class AfListenerReader {

	private final ConfigurableBeanFactory factory;

	private final HandlerMethodFactory methods;

	private final BeanExpressionResolver expressions;

	AfListenerReader(ConfigurableBeanFactory factory, HandlerMethodFactory methods) {
		this.factory = factory;
		this.methods = methods;
		BeanExpressionResolver resolver = factory.getBeanExpressionResolver();
		this.expressions = (resolver != null) ? resolver : new StandardBeanExpressionResolver();
	}

	ListenerSpec read(Found listener) {
		try {
			return build(listener);
		}
		catch (ListenerDefinitionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new ListenerDefinitionException("@AfListener on " + listener.describe() + ": " + ex.getMessage(), ex);
		}
	}

	private ListenerSpec build(Found found) {
		AfListener listener = found.annotation();
		ListenerSpec.Builder spec = ListenerSpec
			.builder(idOf(found), subjects(found, listener.subject()).toArray(String[]::new))
			.durable(text(listener.durable()))
			.concurrency(number(found, "concurrency", listener.concurrency()))
			.ordering(listener.ordering())
			.ackWait(duration(found, "ackWait", listener.ackWait()))
			.maxInFlight(number(found, "maxInFlight", listener.maxInFlight()))
			.retryDelays(duration(found, "retryDelay", listener.retryDelay()),
					duration(found, "maxRetryDelay", listener.maxRetryDelay()))
			.maxProcessingTime(duration(found, "maxProcessingTime", listener.maxProcessingTime()))
			.autoStartup(Boolean.parseBoolean(text(listener.autoStartup())));
		Integer prefetch = number(found, "prefetch", listener.prefetch());
		if (prefetch != null) {
			spec.prefetch(prefetch);
		}
		Integer attempts = number(found, "maxAttempts", listener.maxAttempts());
		if (attempts != null) {
			spec.maxAttempts(attempts);
		}
		return handler(found, spec);
	}

	private ListenerSpec handler(Found found, ListenerSpec.Builder spec) {
		HandlerMethod method = this.methods.create(found.bean(), found.method());
		if (found.annotation().batch()) {
			Integer size = number(found, "batchSize", found.annotation().batchSize());
			return spec.batchHandler((size != null) ? size : 1, method.asBatchHandler());
		}
		return method.acknowledges() ? spec.acknowledgingHandler(method.asAcknowledgingHandler())
				: spec.handler(method.asHandler());
	}

	private String idOf(Found found) {
		String id = text(found.annotation().id());
		return (id != null) ? id
				: (found.beanName() + "-" + found.method().getName()).replaceAll("[^A-Za-z0-9_-]", "-");
	}

	private List<String> subjects(Found found, String[] written) {
		List<String> subjects = new ArrayList<>();
		for (String one : written) {
			Object value = evaluate(one);
			if (value instanceof Collection<?> several) {
				several.forEach((each) -> subjects.add(String.valueOf(each)));
			}
			else if (value instanceof String[] several) {
				subjects.addAll(List.of(several));
			}
			else if (value != null) {
				subjects.addAll(StringUtils.commaDelimitedListToSet(value.toString()));
			}
		}
		if (subjects.isEmpty()) {
			throw new ListenerDefinitionException("@AfListener on " + found.describe()
					+ " names no subject. Write for example @AfListener(\"agents.planner.in\")");
		}
		return subjects;
	}

	private @Nullable Integer number(Found found, String attribute, String written) {
		return convert(found, attribute, written, "a whole number", Integer::valueOf);
	}

	private @Nullable Duration duration(Found found, String attribute, String written) {
		return convert(found, attribute, written, "a duration such as 30s or PT30S",
				(text) -> DurationFormatterUtils.detectAndParse(text, DurationFormat.Unit.MILLIS));
	}

	private <T> @Nullable T convert(Found found, String attribute, String written, String expected,
			Function<String, T> conversion) {
		String text = text(written);
		if (text == null) {
			return null;
		}
		try {
			return conversion.apply(text);
		}
		catch (RuntimeException ex) {
			throw new ListenerDefinitionException("@AfListener on " + found.describe() + ": " + attribute + " is '"
					+ text + "', but must be " + expected, ex);
		}
	}

	private @Nullable String text(String written) {
		Object value = evaluate(written);
		return (value != null && !value.toString().isBlank()) ? value.toString().trim() : null;
	}

	private @Nullable Object evaluate(String written) {
		String resolved = this.factory.resolveEmbeddedValue(written);
		return (resolved != null) ? this.expressions.evaluate(resolved, new BeanExpressionContext(this.factory, null))
				: null;
	}

}

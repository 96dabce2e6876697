package io.agentflow.messaging.listener;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.codec.EnvelopeCodec;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.convert.ConversionService;
import org.springframework.validation.Validator;

/**
 * Makes callable handlers out of annotated methods.
 */
final class HandlerMethodFactory {

	private final EnvelopeCodec codec;

	private final @Nullable Validator validator;

	private final ConversionService conversions;

	private final ConfigurableBeanFactory beanFactory;

	HandlerMethodFactory(EnvelopeCodec codec, @Nullable Validator validator, ConversionService conversions,
			ConfigurableBeanFactory beanFactory) {
		this.codec = codec;
		this.validator = validator;
		this.conversions = conversions;
		this.beanFactory = beanFactory;
	}

	HandlerMethod create(Object bean, Method method) {
		Method invocable = selectInvocable(bean, method);
		HandlerArguments arguments = new HandlerArguments(this.codec, this.validator, this.conversions,
				this.beanFactory, method);
		return new HandlerMethod(bean, invocable, arguments.resolve(), arguments.batchElement());
	}

	/**
	 * The method as the bean offers it: behind a JDK proxy only interface methods can be
	 * called.
	 */
	private static Method selectInvocable(Object bean, Method method) {
		try {
			return AopUtils.selectInvocableMethod(method, bean.getClass());
		}
		catch (IllegalStateException ex) {
			throw new ListenerDefinitionException(
					"@AfListener method " + method.getDeclaringClass().getSimpleName() + "." + method.getName()
							+ " cannot be called through the bean's proxy. Make it public, declare it in"
							+ " the interface, or proxy the class (proxyTargetClass=true)",
					ex);
		}
	}

}

package io.agentflow.messaging.listener;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.codec.EnvelopeCodec;

import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.util.StringUtils;
import org.springframework.validation.Validator;

/**
 * Finds {@link AfListener} methods and registers them when all singletons are there.
 */
class AfListenerBeanPostProcessor implements BeanPostProcessor, SmartInitializingSingleton, BeanFactoryAware, Ordered {

	private final Set<Class<?>> withoutListeners = ConcurrentHashMap.newKeySet();

	private final List<Found> found = new ArrayList<>();

	private @Nullable ConfigurableBeanFactory beanFactory;

	private boolean registered;

	@Override
	public void setBeanFactory(BeanFactory factory) {
		this.beanFactory = (ConfigurableBeanFactory) factory;
	}

	/**
	 * Last, so that the bean is seen with its proxies on.
	 */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopUtils.getTargetClass(bean);
		if (bean instanceof AopInfrastructureBean || this.withoutListeners.contains(type)
				|| !AnnotationUtils.isCandidateClass(type, AfListener.class)) {
			return bean;
		}
		Map<Method, Set<AfListener>> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<Set<AfListener>>) (method) -> listenersOf(method));
		if (methods.isEmpty()) {
			this.withoutListeners.add(type);
		}
		else {
			methods.forEach((method, listeners) -> listeners
				.forEach((listener) -> add(new Found(bean, beanName, method, listener))));
		}
		return bean;
	}

	private static @Nullable Set<AfListener> listenersOf(Method method) {
		Set<AfListener> listeners = AnnotatedElementUtils.getMergedRepeatableAnnotations(method, AfListener.class,
				AfListeners.class);
		return listeners.isEmpty() ? null : listeners;
	}

	/**
	 * A lazy bean may come after the start; its listeners then start at once.
	 */
	private synchronized void add(Found listener) {
		if (this.registered) {
			register(listener);
		}
		else {
			this.found.add(listener);
		}
	}

	@Override
	public synchronized void afterSingletonsInstantiated() {
		this.found.forEach(this::register);
		this.found.clear();
		this.registered = true;
	}

	private void register(Found listener) {
		ConfigurableBeanFactory factory = factory();
		HandlerMethodFactory methods = new HandlerMethodFactory(factory.getBean(EnvelopeCodec.class),
				factory.getBeanProvider(Validator.class).getIfUnique(), conversions(factory), factory);
		ListenerSpec spec = new AfListenerReader(factory, methods).read(listener);
		registry(factory, listener).register(spec);
	}

	private static AfListenerRegistry registry(ConfigurableBeanFactory factory, Found listener) {
		String name = factory.resolveEmbeddedValue(listener.annotation().registry());
		try {
			return StringUtils.hasText(name) ? factory.getBean(name, AfListenerRegistry.class)
					: factory.getBean(AfListenerRegistry.class);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new ListenerDefinitionException("@AfListener on " + listener.describe() + " finds no "
					+ (StringUtils.hasText(name) ? "AfListenerRegistry of the name '" + name + "'"
							: "single AfListenerRegistry; name one by its registry attribute"),
					ex);
		}
	}

	private static ConversionService conversions(ConfigurableBeanFactory factory) {
		ConversionService conversions = factory.getConversionService();
		return (conversions != null) ? conversions : DefaultConversionService.getSharedInstance();
	}

	private ConfigurableBeanFactory factory() {
		ConfigurableBeanFactory factory = this.beanFactory;
		if (factory == null) {
			throw new IllegalStateException("The bean factory has not been set");
		}
		return factory;
	}

	/**
	 * An annotated method.
	 *
	 * @param bean the bean, with its proxies
	 * @param beanName its name
	 * @param method the method of its class
	 * @param annotation the annotation
	 */
	record Found(Object bean, String beanName, Method method, AfListener annotation) {

		String describe() {
			return AopUtils.getTargetClass(this.bean).getSimpleName() + "." + this.method.getName();
		}

	}

}

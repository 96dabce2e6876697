package io.agentflow.messaging.autoconfigure;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.ClassUtils;

import io.agentflow.messaging.codec.PayloadMapper;

/**
 * Payloads by Jackson 2, of which nothing is loaded unless it is asked for.
 */
final class Jackson2Payloads {

	private Jackson2Payloads() {
	}

	static PayloadMapper mapper(BeanFactory beanFactory) {
		if (!ClassUtils.isPresent("com.fasterxml.jackson.databind.ObjectMapper",
				Jackson2Payloads.class.getClassLoader())) {
			throw new InvalidConfigurationPropertyValueException("af.message.payload-mapper", "jackson2",
					"com.fasterxml.jackson.core:jackson-databind is not on the class path. Add it, or take jackson3");
		}
		return Mapper.of(beanFactory);
	}

	/** Apart, so that the check above runs without Jackson 2. */
	private static final class Mapper {

		private Mapper() {
		}

		static PayloadMapper of(BeanFactory beanFactory) {
			ObjectMapper own = beanFactory.getBeanProvider(ObjectMapper.class).getIfUnique();
			return (own != null) ? PayloadMapper.jackson2(own) : PayloadMapper.jackson2();
		}

	}

}

package io.agentflow.messaging.test;

import java.io.IOException;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.listener.AfListeners;

/**
 * Lets components with listener methods in.
 */
final class AfMessagingTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<AfMessagingTest> {

	AfMessagingTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

	@Override
	protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory readers) throws IOException {
		return super.defaultInclude(reader, readers)
				|| reader.getAnnotationMetadata().hasAnnotatedMethods(AfListener.class.getName())
				|| reader.getAnnotationMetadata().hasAnnotatedMethods(AfListeners.class.getName());
	}

}

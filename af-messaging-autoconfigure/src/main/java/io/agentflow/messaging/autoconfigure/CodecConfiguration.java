package io.agentflow.messaging.autoconfigure;

import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.unit.DataSize;

import io.agentflow.messaging.autoconfigure.AfMessageProperties.PayloadMapperKind;
import io.agentflow.messaging.codec.CodecLimits;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.codec.PayloadMapper;
import io.agentflow.messaging.codec.PayloadSchemas;
import io.agentflow.messaging.connection.BusConnection;

/**
 * The message contract as {@code af.message.*} wants it.
 */
@Configuration(proxyBeanMethods = false)
class CodecConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PayloadMapper afPayloadMapper(AfMessageProperties properties, ObjectProvider<JsonMapper> jackson3,
			BeanFactory beanFactory) {
		if (properties.getPayloadMapper() == PayloadMapperKind.JACKSON2) {
			return Jackson2Payloads.mapper(beanFactory);
		}
		JsonMapper own = jackson3.getIfUnique();
		return (own != null) ? PayloadMapper.jackson3(own) : PayloadMapper.jackson3();
	}

	@Bean
	@ConditionalOnMissingBean
	PayloadSchemas afPayloadSchemas(ResourceLoader resources) {
		ClassLoader classLoader = resources.getClassLoader();
		return PayloadSchemas.load((classLoader != null) ? classLoader : getClass().getClassLoader());
	}

	@Bean
	@ConditionalOnMissingBean
	EnvelopeCodec afEnvelopeCodec(AfMessageProperties properties, PayloadMapper payloadMapper,
			PayloadSchemas payloadSchemas, BusConnection connection) {
		IntSupplier maxBytes = new MaxMessageSize(properties.getMaxSize(), connection);
		CodecLimits limits = CodecLimits.defaults()
			.withMaxDepth(properties.getMaxDepth())
			.withMaxStringLength(properties.getMaxStringLength())
			.withMaxNumberLength(properties.getMaxNumberLength());
		return EnvelopeCodec.builder()
			.payloadMapper(payloadMapper)
			.canonicalForm(properties.getCanonicalForm())
			.verification(properties.getVerification())
			.requireHash(properties.isRequireHash())
			.limits(limits)
			.maxBytes(maxBytes)
			.payloadSchemas(payloadSchemas)
			.build();
	}

	/**
	 * The server's limit as it is now, or the application's where that is lower. Before
	 * the first connection the application's, else the server's default.
	 */
	private static final class MaxMessageSize implements IntSupplier {

		private static final long SERVER_DEFAULT = 1L << 20;

		private final long own;

		private final BusConnection connection;

		MaxMessageSize(@Nullable DataSize own, BusConnection connection) {
			this.own = (own != null) ? own.toBytes() : Long.MAX_VALUE;
			this.connection = connection;
		}

		@Override
		public int getAsInt() {
			long server = this.connection.status().isConnected() ? this.connection.current().getMaxPayload()
					: SERVER_DEFAULT;
			return (int) Math.min(Math.min(this.own, (server > 0) ? server : SERVER_DEFAULT), Integer.MAX_VALUE);
		}

	}

}

package io.agentflow.messaging.listener;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.failure.PayloadValidationException;

import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;

/**
 * Validates payloads by a Spring validator, which for Bean Validation is its adapter.
 */
final class ValidatingPayloadCheck implements HandlerArguments.PayloadCheck {

	private final Validator validator;

	private final Object[] hints;

	ValidatingPayloadCheck(Validator validator, Object[] hints) {
		this.validator = validator;
		this.hints = hints;
	}

	@Override
	public void validate(@Nullable Object payload) {
		if (payload == null) {
			return;
		}
		Errors errors = new BeanPropertyBindingResult(payload, "payload");
		if (this.validator instanceof SmartValidator smart && this.hints.length > 0) {
			smart.validate(payload, errors, this.hints);
		}
		else {
			this.validator.validate(payload, errors);
		}
		if (errors.hasErrors()) {
			List<String> violations = errors.getAllErrors()
				.stream()
				.map((error) -> ((error instanceof FieldError field) ? field.getField() : error.getObjectName()) + ": "
						+ error.getDefaultMessage())
				.sorted()
				.toList();
			throw new PayloadValidationException(payload.getClass().getSimpleName(), violations);
		}
	}

}

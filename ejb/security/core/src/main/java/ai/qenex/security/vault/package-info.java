/** Field encryption with a tenant's data keys, as pure functions of keys and bytes. */
package ai.qenex.security.vault;

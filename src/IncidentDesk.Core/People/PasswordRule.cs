using System.Text;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IncidentDesk.People;

/// <summary>NIST SP 800-63B-4, section 3.1.1: length counts, composition does not; known, guessable and obvious ones are refused.</summary>
public static class PasswordRule
{
    /// <summary>In code points; what the standard asks of a password that may be the only factor.</summary>
    public const int MinLength = 15;

    public const int MaxLength = 256;

    /// <summary>The same word however a keyboard composes it (NFKC).</summary>
    internal static string Normalize(string password) => IsWellFormed(password) ? password.Normalize(NormalizationForm.FormKC) : password;

    // A lone half of a surrogate pair is enumerated as the replacement character.
    private static bool IsWellFormed(string password) => !password.EnumerateRunes().Contains(Rune.ReplacementChar);

    /// <summary>Refuses what the rule refuses.</summary>
    internal sealed class Validator(BreachedPasswords breached) : IPasswordValidator<Person>
    {
        public const string TooShort = "PasswordTooShort";
        public const string TooLong = "PasswordTooLong";
        public const string Guessable = "PasswordGuessable";
        public const string Breached = "PasswordBreached";
        public const string Unreadable = "PasswordUnreadable";

        public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) => Task.FromResult(
            Problem(password ?? "", user) is { } code ? IdentityResult.Failed(new IdentityError { Code = code }) : IdentityResult.Success);

        private string? Problem(string password, Person user)
        {
            // Hashing costs by length: an endless password must not.
            if (password.Length > MaxLength) return TooLong;
            if (!IsText(password)) return Unreadable;
            password = Normalize(password);
            if (password.EnumerateRunes().Count() < MinLength) return TooShort;
            if (breached.Contains(password)) return Breached;
            return BreachedPasswords.IsGuessable(password, [user.DisplayName, .. (user.Email ?? "").Split('@', '.', '-', '_')]) ? Guessable : null;
        }

        private static bool IsText(string password) => !password.Any(char.IsControl) && IsWellFormed(password);
    }

    /// <summary>The framework's, on what the rule normalizes.</summary>
    internal sealed class Hasher(IOptions<PasswordHasherOptions> options) : PasswordHasher<Person>(options)
    {
        // Of a password that nobody has: for names that nobody has.
        private string? _nobodys;

        public override string HashPassword(Person user, string password) => base.HashPassword(user, Normalize(password));

        public override PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword) =>
            base.VerifyHashedPassword(user, hashedPassword, Normalize(providedPassword));

        /// <summary>As much work as a real one.</summary>
        public string Nobodys => _nobodys ??= HashPassword(null!, Secret.New());
    }
}

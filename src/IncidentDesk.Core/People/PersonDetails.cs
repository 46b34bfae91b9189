using System.Net.Mail;
using IncidentDesk.Shared;

namespace IncidentDesk.People;

/// <summary>What an account needs to begin with.</summary>
/// <param name="Language"><c>en</c> or <c>es</c>.</param>
/// <param name="TimeZone">IANA id.</param>
public sealed record PersonDetails(string Name, string Email, string Language, string TimeZone)
{
    /// <summary>The same with surplus blanks gone, or what is wrong with it.</summary>
    public Result<PersonDetails> Check()
    {
        if (!TextRules.Line(nameof(Name), Name, Person.MaxNameLength).TryGet(out var name, out var error)) return error;
        if (!TextRules.Line(nameof(Email), Email, 254).TryGet(out var email, out error)) return error;
        if (!MailAddress.TryCreate(email, out var address) || address.Address != email) return new Invalid(nameof(Email), "Person.EmailInvalid");
        if (Language is not ("en" or "es")) return new Invalid(nameof(Language), "Person.LanguageUnknown");
        if (!Zones.IsKnown(TimeZone)) return new Invalid(nameof(TimeZone), "Time.ZoneUnknown", TimeZone);
        return this with { Name = name, Email = email };
    }

    internal Person ToPerson(PersonRole role, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = Email,
        Email = Email,
        DisplayName = Name,
        Role = role,
        Language = Language,
        TimeZone = TimeZone,
        CreatedAt = now,
    };
}

using IncidentDesk.Postmortems;
using IncidentDesk.Shared;

namespace IncidentDesk.Web.Postmortems;

/// <summary>How far a postmortem has come, in the API.</summary>
/// <param name="Changes">Raised by every change of it or of anything in it; an approval names the one that was read.</param>
public sealed record ReviewAnswer(Guid Id, string Title, string State, int Version, long Changes, IReadOnlyList<ReviewAnswer.Reviewer> Reviewers)
{
    /// <param name="ApprovedAt">Null while it is not approved.</param>
    /// <param name="HasApproved">What stands now, not an earlier text.</param>
    public sealed record Reviewer(Guid Id, string Name, DateTime AskedAt, DateTime? ApprovedAt, bool HasApproved, string Note);

    public static ReviewAnswer Of(Postmortem p) => new(
        p.Id, p.Title, p.State.Label(), p.Version, p.Changes, [.. p.Reviewers.OrderBy(r => r.AskedAt).ThenBy(r => r.PersonName, StringComparer.Ordinal).Select(r => new Reviewer(r.PersonId, r.PersonName, r.AskedAt, r.ApprovedAt, r.HasApproved(p), r.Note))]);
}

/// <summary>A frozen document in the API.</summary>
/// <param name="NextDueAt">Of a situation report; null for none.</param>
/// <param name="Sha256">Of its JSON in UTF-8.</param>
public sealed record FrozenAnswer(string Kind, int Number, string Audience, DateTime MadeAt, string MadeBy, DateTime? NextDueAt, string Sha256)
{
    public static FrozenAnswer Of(FindDocuments.Frozen d) => new(d.Kind.Label(), d.Number, d.Audience.Label(), d.MadeAt, d.MadeByName, d.NextDueAt, d.Sha256);

    public static FrozenAnswer Of(FrozenDocument d) => new(d.Kind.Label(), d.Number, d.Audience.Label(), d.MadeAt, d.MadeByName, d.NextDueAt, d.Sha256);
}

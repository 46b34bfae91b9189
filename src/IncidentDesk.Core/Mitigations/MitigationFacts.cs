using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Mitigations;

/// <summary>What people write down of a mitigation; see the properties of <see cref="Mitigation"/>.</summary>
public sealed record MitigationFacts(string Title, string Kind)
{
    /// <summary>Null for the one that the kind has as a rule.</summary>
    public MitigationActor? Actor { get; init; }
    public IReadOnlyList<Guid> Scope { get; init; } = [];
    public string AppliedBy { get; init; } = "";
    public string Command { get; init; } = "";
    public string Revert { get; init; } = "";
    public string ExpectedEffect { get; init; } = "";
    public string SideEffects { get; init; } = "";

    /// <summary>UTC.</summary>
    public DateTime? ReviewBy { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? AskedAt { get; init; }
    public string AskedWhom { get; init; } = "";
    public string Ticket { get; init; } = "";

    /// <summary>UTC.</summary>
    public DateTime? AnsweredAt { get; init; }
    public string Answer { get; init; } = "";

    /// <summary>The facts of a mitigation as they stand.</summary>
    public static MitigationFacts Of(Mitigation m) => new(m.Title, m.Kind)
    {
        Actor = m.Actor,
        Scope = [.. m.Scope.Select(s => s.AssetId)],
        AppliedBy = m.AppliedBy,
        Command = m.Command,
        Revert = m.Revert,
        ExpectedEffect = m.ExpectedEffect,
        SideEffects = m.SideEffects,
        ReviewBy = m.ReviewBy,
        ExpiresAt = m.ExpiresAt,
        AskedAt = m.AskedAt,
        AskedWhom = m.AskedWhom,
        Ticket = m.Ticket,
        AnsweredAt = m.AnsweredAt,
        Answer = m.Answer,
    };

    /// <summary>To start anew from an earlier one: without its times, its ticket and its answer.</summary>
    public static MitigationFacts From(Mitigation m) =>
        Of(m) with { ReviewBy = null, ExpiresAt = null, AskedAt = null, Ticket = "", AnsweredAt = null, Answer = "" };

    /// <param name="now">UTC, from which the review counts.</param>
    public static MitigationFacts From(MitigationTemplate t, DateTime now) => new(t.Title, t.Kind)
    {
        Actor = t.Actor,
        AppliedBy = t.AppliedBy,
        Command = t.Command,
        Revert = t.Revert,
        ExpectedEffect = t.ExpectedEffect,
        SideEffects = t.SideEffects,
        ReviewBy = t.ReviewAfterMinutes is { } minutes ? now.AddMinutes(minutes) : null,
    };

    /// <summary>Checks what was typed and brings it into the form in which it is kept.</summary>
    /// <param name="before">The mitigation that is changed: what it has already is not questioned again.</param>
    internal async Task<Result<MitigationFacts>> CheckAsync(DeskContext db, DateTime now, Mitigation? before, CancellationToken ct)
    {
        if (!TextRules.Line(nameof(Title), Title, Mitigation.MaxTitleLength).TryGet(out var title, out var error)) return error;
        var kind = await db.MitigationKinds.AsNoTracking().FirstOrDefaultAsync(k => k.Slug == Kind, ct);
        if (kind is null || (kind.RetiredAt is not null && kind.Slug != before?.Kind)) return new Invalid(nameof(Kind), "Mitigation.KindUnknown", Kind);

        var lines = new[] { (nameof(AppliedBy), AppliedBy), (nameof(AskedWhom), AskedWhom), (nameof(Ticket), Ticket) };
        foreach (var (field, text) in lines)
            if (text.Trim().Length > 0 && TextRules.Line(field, text, Mitigation.MaxLineLength).Error is { } bad) return bad;
        var texts = new[] { (nameof(Command), Command), (nameof(Revert), Revert), (nameof(ExpectedEffect), ExpectedEffect), (nameof(SideEffects), SideEffects), (nameof(Answer), Answer) };
        foreach (var (field, text) in texts)
            if (TextRules.OptionalLines(field, text, Mitigation.MaxTextLength).Error is { } bad) return bad;

        if (ReviewBy is { } review && review != before?.ReviewBy && review <= now) return new Invalid(nameof(ReviewBy), "Mitigation.TimeIsPast", review);
        if (ExpiresAt is { } expires && expires != before?.ExpiresAt && expires <= now) return new Invalid(nameof(ExpiresAt), "Mitigation.TimeIsPast", expires);
        foreach (var (field, at) in new[] { (nameof(AskedAt), AskedAt), (nameof(AnsweredAt), AnsweredAt) })
            if (at is { } time && TimeRules.Check(field, OccurrenceTime.Exactly(time), now).Error is { } bad) return bad;
        if (AskedAt is { } asked && AnsweredAt is { } answered && answered < asked) return new Invalid(nameof(AnsweredAt), "Mitigation.AnsweredBeforeAsked");

        var scope = Scope.Distinct().ToList();
        var had = before?.Scope.Select(s => s.AssetId).ToHashSet() ?? [];
        if (await db.Assets.CountAsync(a => scope.Contains(a.Id) && (a.RetiredAt == null || had.Contains(a.Id)), ct) != scope.Count) return new Invalid(nameof(Scope), "Mitigation.ScopeUnknown");

        return this with
        {
            Title = title,
            Actor = Actor ?? kind.Actor,
            Scope = scope,
            AppliedBy = AppliedBy.Trim(),
            AskedWhom = AskedWhom.Trim(),
            Ticket = Ticket.Trim(),
            Command = Clean(Command),
            Revert = Clean(Revert),
            ExpectedEffect = Clean(ExpectedEffect),
            SideEffects = Clean(SideEffects),
            Answer = Clean(Answer),
        };
    }

    /// <summary>Writes the checked facts into the mitigation.</summary>
    internal void WriteTo(Mitigation m)
    {
        (m.Title, m.Kind, m.Actor, m.AppliedBy, m.Command, m.Revert) = (Title, Kind, Actor ?? m.Actor, AppliedBy, Command, Revert);
        (m.ExpectedEffect, m.SideEffects, m.ReviewBy, m.ExpiresAt) = (ExpectedEffect, SideEffects, ReviewBy, ExpiresAt);
        (m.AskedAt, m.AskedWhom, m.Ticket, m.AnsweredAt, m.Answer) = (AskedAt, AskedWhom, Ticket, AnsweredAt, Answer);
        m.Scope.RemoveAll(s => !Scope.Contains(s.AssetId));
        m.Scope.AddRange(Scope.Where(id => !m.Scope.Exists(s => s.AssetId == id)).Select(id => new MitigationScope { MitigationId = m.Id, AssetId = id }));
    }

    /// <summary>The names of the properties in which the two differ.</summary>
    internal static IReadOnlyList<string> Differences(MitigationFacts a, MitigationFacts b)
    {
        var values = new (string Name, object? A, object? B)[]
        {
            (nameof(Title), a.Title, b.Title), (nameof(Kind), a.Kind, b.Kind), (nameof(Actor), a.Actor, b.Actor), (nameof(AppliedBy), a.AppliedBy, b.AppliedBy),
            (nameof(Command), a.Command, b.Command), (nameof(Revert), a.Revert, b.Revert), (nameof(ExpectedEffect), a.ExpectedEffect, b.ExpectedEffect), (nameof(SideEffects), a.SideEffects, b.SideEffects),
            (nameof(ReviewBy), a.ReviewBy, b.ReviewBy), (nameof(ExpiresAt), a.ExpiresAt, b.ExpiresAt), (nameof(AskedAt), a.AskedAt, b.AskedAt), (nameof(AskedWhom), a.AskedWhom, b.AskedWhom),
            (nameof(Ticket), a.Ticket, b.Ticket), (nameof(AnsweredAt), a.AnsweredAt, b.AnsweredAt), (nameof(Answer), a.Answer, b.Answer),
        };
        List<string> changed = [.. values.Where(v => !Equals(v.A, v.B)).Select(v => v.Name)];
        if (!a.Scope.ToHashSet().SetEquals(b.Scope)) changed.Add(nameof(Scope));
        return changed;
    }

    private static string Clean(string text) => text.ReplaceLineEndings("\n").Trim();
}

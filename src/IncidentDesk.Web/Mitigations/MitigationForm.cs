using IncidentDesk.Assets;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;

namespace IncidentDesk.Web.Mitigations;

/// <summary>What is typed in the form of a mitigation or a template; times as the fields hold them.</summary>
public sealed class MitigationForm
{
    public string Title { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Actor { get; set; } = "";
    public string AppliedBy { get; set; } = "";
    public string Command { get; set; } = "";
    public string Revert { get; set; } = "";
    public string ExpectedEffect { get; set; } = "";
    public string SideEffects { get; set; } = "";
    public string? ReviewBy { get; set; }
    public string? ExpiresAt { get; set; }
    public string? AskedAt { get; set; }
    public string AskedWhom { get; set; } = "";
    public string Ticket { get; set; } = "";
    public string? AnsweredAt { get; set; }
    public string Answer { get; set; } = "";
    public List<Asset> Scope { get; } = [];

    // What a field holds is to the minute; what was not touched keeps its seconds.
    private MitigationFacts? _from;

    public void Fill(MitigationFacts facts, IEnumerable<Asset> scope, TimeZoneInfo zone)
    {
        string? At(DateTime? utc) => utc is { } at ? WhenField.ToInput(at, zone) : null;
        _from = facts;
        (Title, Kind, Actor, AppliedBy, Command, Revert) = (facts.Title, facts.Kind, facts.Actor?.Label() ?? "", facts.AppliedBy, facts.Command, facts.Revert);
        (ExpectedEffect, SideEffects, ReviewBy, ExpiresAt) = (facts.ExpectedEffect, facts.SideEffects, At(facts.ReviewBy), At(facts.ExpiresAt));
        (AskedAt, AskedWhom, Ticket, AnsweredAt, Answer) = (At(facts.AskedAt), facts.AskedWhom, facts.Ticket, At(facts.AnsweredAt), facts.Answer);
        Scope.Clear();
        Scope.AddRange(scope);
    }

    public Result<MitigationFacts> Read(TimeZoneInfo zone)
    {
        if (!At(nameof(ReviewBy), ReviewBy, _from?.ReviewBy, zone).TryGet(out var review, out var error)) return error;
        if (!At(nameof(ExpiresAt), ExpiresAt, _from?.ExpiresAt, zone).TryGet(out var expires, out error)) return error;
        if (!At(nameof(AskedAt), AskedAt, _from?.AskedAt, zone).TryGet(out var asked, out error)) return error;
        if (!At(nameof(AnsweredAt), AnsweredAt, _from?.AnsweredAt, zone).TryGet(out var answered, out error)) return error;
        return new MitigationFacts(Title, Kind)
        {
            Actor = Labels.ParseOrNull<MitigationActor>(Actor),
            Scope = [.. Scope.Select(a => a.Id)],
            AppliedBy = AppliedBy,
            Command = Command,
            Revert = Revert,
            ExpectedEffect = ExpectedEffect,
            SideEffects = SideEffects,
            ReviewBy = review,
            ExpiresAt = expires,
            AskedAt = asked,
            AskedWhom = AskedWhom,
            Ticket = Ticket,
            AnsweredAt = answered,
            Answer = Answer,
        };
    }

    private static Result<DateTime?> At(string field, string? text, DateTime? before, TimeZoneInfo zone)
    {
        if (string.IsNullOrEmpty(text)) return (DateTime?)null;
        if (before is { } kept && text == WhenField.ToInput(kept, zone)) return before;
        return WhenField.Read(field, text, Precision.Exact.Label(), zone).TryGet(out var time, out var error) ? time.At : error;
    }
}

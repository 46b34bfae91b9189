using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Mitigations;

/// <summary>One defence: where it stands, and what to do with it in two clicks.</summary>
public sealed partial class MitigationRow
{
    private const int ScopeNames = 3;

    [Inject] private Say Say { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired] public required Mitigation Mitigation { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter, EditorRequired] public required bool MayRespond { get; set; }

    /// <summary>The numbers of the waves that go around it.</summary>
    [Parameter] public IReadOnlyList<int> AnsweredBy { get; set; } = [];
    [Parameter] public EventCallback<MitigationAct> Act { get; set; }

    /// <summary>A wave goes around it, and nobody has said so of the defence itself.</summary>
    private bool AwaitsVerdict => AnsweredBy.Count > 0 && Mitigation.State.Works();

    private DateTime Now => Time.UtcNow();

    private bool IsOverdue => DefenceList.IsOverdue(Mitigation, Now);

    private OccurrenceTime? Since => DefenceList.Since(Mitigation);

    // By itself it expires; nobody has to say so.
    private IEnumerable<MitigationState> Next => Mitigation.State.Next().Where(s => s != MitigationState.Expired);

    private string Who => Mitigation.Actor == MitigationActor.Own || Mitigation.AskedWhom.Length == 0 ? Say.Word(Mitigation.Actor) : $"{Say.Word(Mitigation.Actor)} {Mitigation.AskedWhom}";

    private string Scope
    {
        get
        {
            var names = string.Join(", ", Mitigation.Scope.Take(ScopeNames).Select(s => s.Asset!.Name));
            return Mitigation.Scope.Count > ScopeNames ? Say["Defence.ScopeMore", names, Mitigation.Scope.Count - ScopeNames] : names;
        }
    }

    /// <summary>What there is to say of it besides its state.</summary>
    private string Standing => Mitigation.State switch
    {
        MitigationState.Requested => string.Join(" ", new[]
        {
            Mitigation.Ticket.Length > 0 ? Say["Defence.Ticket", Mitigation.Ticket] : "",
            Mitigation.AnsweredAt is null ? Say["Defence.NoAnswer"] : Mitigation.Answer,
            Mitigation.Steps.FindLast(s => s.State == MitigationState.Denied) is { } denied ? Say["Defence.DeniedOnce", Stamps.Short(denied.When, Zone, Now, Say)] : "",
        }.Where(t => t.Length > 0)),
        MitigationState.Applied => Say["Defence.NoVerdict"],
        _ when Mitigation.State.IsVerdict() && Mitigation.VerdictReason.Length > 0 => Mitigation.VerdictReason,
        _ when Mitigation.State.IsVerdict() => Say["Defence.VerdictSince", Stamps.Short(Mitigation.Steps[^1].When, Zone, Now, Say)],
        _ => Mitigation.Steps.Count == 0 ? "" : Mitigation.Steps[^1].Reason,
    };

    private string Ended => Mitigation.Steps.Count == 0 ? "" : Stamps.Short(Mitigation.Steps[^1].When, Zone, Now, Say);

    /// <summary>What is most likely wanted next; the menu has the rest.</summary>
    private IReadOnlyList<MitigationAct> Quick
    {
        get
        {
            MitigationAct To(MitigationState state) => new(MitigationWish.Move, Mitigation, state);
            var hour = new MitigationAct(MitigationWish.Extend, Mitigation);
            MitigationAct[] review = IsOverdue ? [hour] : [];
            if (AwaitsVerdict) return [To(MitigationState.AdaptedAround), hour, To(MitigationState.Reverted)];
            return Mitigation.State switch
            {
                MitigationState.Proposed => [To(MitigationState.Applied), To(MitigationState.Rejected), .. review],
                MitigationState.Requested => [new(MitigationWish.Answer, Mitigation), To(MitigationState.Applied), To(MitigationState.Denied), .. review],
                MitigationState.Applied => [To(MitigationState.Effective), To(MitigationState.Ineffective), hour, To(MitigationState.Reverted)],
                MitigationState.Partial when IsOverdue => [To(MitigationState.Effective), To(MitigationState.Ineffective), hour, To(MitigationState.Reverted)],
                MitigationState.Effective when IsOverdue => [To(MitigationState.AdaptedAround), hour, To(MitigationState.Reverted)],
                MitigationState.Ineffective or MitigationState.Harmful or MitigationState.AdaptedAround => [To(MitigationState.Reverted), .. review],
                _ => [],
            };
        }
    }

    private string Verb(MitigationState state) => Say[$"Defence.To.{state}"];

    private Task MoveAsync(MitigationState to) => Act.InvokeAsync(new(MitigationWish.Move, Mitigation, to));

    private Task DoAsync(MitigationWish wish) => Act.InvokeAsync(new(wish, Mitigation));
}

using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Impacts;

/// <summary>Corrects an interval by a new revision; what stood before stays to be read.</summary>
public sealed partial class CorrectImpactDialog
{
    private Impact _seen = null!;
    private IReadOnlyList<Impact> _revisions = [];
    private ImpactState _state;
    private ImpactCause _cause;
    private Typed _from = new(null, null);
    private Typed _to = new(null, null);
    private bool _isOpen;
    private bool _isWithdrawn;
    private string _evidence = "";
    private string? _reason;

    [Inject] private Say Say { get; set; } = null!;
    [Inject] private CorrectImpact Correct { get; set; } = null!;
    [Inject] private ReadImpacts Read { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired] public required Incident Incident { get; set; }

    /// <summary>All intervals of one asset, the revision that stands of each.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<Impact> Impacts { get; set; }

    /// <summary>The interval to begin with.</summary>
    [Parameter, EditorRequired] public required Guid First { get; set; }
    [Parameter, EditorRequired] public required Actor Me { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }

    private string Mine => From.TryGet(out var from, out _) && To.TryGet(out var to, out _) ? Text(_state, _cause, from, to, _isWithdrawn) : "";

    private Result<OccurrenceTime> From => Wanted("From", _from, _seen.From);

    private Result<OccurrenceTime?> To
    {
        get
        {
            if (_isOpen) return Result<OccurrenceTime?>.Ok(null);
            return Wanted("To", _to, _seen.To).TryGet(out var to, out var error) ? to : error;
        }
    }

    protected override Task OnInitializedAsync() => ChooseAsync(First);

    private async Task ChooseAsync(Guid interval)
    {
        _seen = Impacts.First(i => i.ImpactId == interval);
        (_state, _cause, _isOpen, _isWithdrawn, _evidence, Error) = (_seen.State, _seen.Cause, _seen.IsOpen, _seen.IsWithdrawn, _seen.Evidence, null);
        (_from, _to) = (Shown(_seen.From), Shown(_seen.To));
        if ((await Attempt.RunAsync(() => Read.RevisionsAsync(Incident.Key, interval, Me, CancellationToken.None))).TryGet(out var revisions, out var error)) _revisions = revisions;
        else Error = error;
    }

    private Task SaveAsync() => SaveOverAsync(_seen.Revision);

    private Task SaveOverAsync(int revision)
    {
        OccurrenceTime? to = null;
        if (!From.TryGet(out var from, out var error) || !To.TryGet(out to, out error))
        {
            Error = error;
            return Task.CompletedTask;
        }
        return RunAsync(() => Correct.HandleAsync(new CorrectImpact.Command(Incident.Key, _seen.ImpactId, revision, _state, _cause, from, to, _evidence, _isWithdrawn, _reason), Me, CancellationToken.None));
    }

    // The field knows minutes only: what was not touched keeps its seconds.
    private Result<OccurrenceTime> Wanted(string field, Typed typed, OccurrenceTime? seen)
    {
        if (seen is not null && typed == Shown(seen)) return seen;
        return typed.Precision == WhenField.Unknown ? OccurrenceTime.OrderOnly : WhenField.Read(field, typed.At, typed.Precision, Zone);
    }

    private Typed Shown(OccurrenceTime? time) => new(
        WhenField.ToInput(time?.At ?? Time.UtcNow(), time?.Precision == Precision.Day ? TimeZoneInfo.Utc : Zone),
        time?.Precision == Precision.OrderOnly ? WhenField.Unknown : (time?.Precision ?? Precision.Exact).Label());

    private string Text(Impact impact) => Text(impact.State, impact.Cause, impact.From, impact.To, impact.IsWithdrawn);

    private string Text(ImpactState state, ImpactCause cause, OccurrenceTime from, OccurrenceTime? to, bool isWithdrawn) => isWithdrawn
        ? Say["Change.Impact.Withdrawn"]
        : Say["Change.Impact.Facts", Say.Word(state), Say.Word(cause), Moment(from), to is null ? Say["Change.Impact.Open"] : Moment(to)];

    private string Moment(OccurrenceTime time) => time.At is null ? Say["Unknown"] : Stamps.Full(time, Zone, Say);

    private sealed record Typed(string? At, string? Precision)
    {
        public string? At { get; set; } = At;
        public string? Precision { get; set; } = Precision;
    }
}

using IncidentDesk.Assets;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Impacts;

/// <summary>Marks an asset as hit and offers what is behind it: name, Enter, Enter is enough.</summary>
public sealed partial class MarkHitDialog
{
    private readonly Guid _markId = Guid.CreateVersion7();
    private Asset? _asset;
    private IReadOnlyList<Asset> _behind = [];
    private bool _withBehind = true;
    private ImpactState _state = ImpactState.MajorOutage;
    private ImpactState? _behindState;
    private ImpactCause _cause = ImpactCause.Targeted;
    private string? _at;
    private string? _precision;
    private (string?, string?) _now;
    private string? _evidence;

    [Inject] private Say Say { get; set; } = null!;
    [Inject] private MarkImpact Mark { get; set; } = null!;
    [Inject] private FindAssets Find { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired] public required Incident Incident { get; set; }
    [Parameter, EditorRequired] public required Actor Me { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }

    private bool MarksBehind => _withBehind && _behind.Count > 0;

    private int Sites => _behind.Count(a => a.Kind == AssetKind.MemberSite);

    private int Members => _behind.Select(a => a.MemberId).OfType<Guid>().Distinct().Count();

    private string SubmitText => MarksBehind ? Say["Hit.MarkAll", _behind.Count + 1] : Say["Hit.Mark"];

    protected override void OnInitialized() => _now = (_at, _precision) = (WhenField.ToInput(Time.UtcNow(), Zone), Precision.Exact.Label());

    private async Task ChooseAsync(Asset? asset)
    {
        (_asset, _behind, Error) = (asset, [], null);
        if (asset is null) return;
        var found = await Attempt.RunAsync(() => Find.BehindAsync(asset.Id, Me, CancellationToken.None));
        // Another one may have been chosen meanwhile.
        if (_asset?.Id != asset.Id) return;
        if (found.TryGet(out var behind, out var error)) _behind = behind;
        else Error = error;
    }

    private Task MarkAsync()
    {
        if (_asset is null) return Refuse(new Invalid("Asset", "Hit.AssetMissing"));
        if (!Since.TryGet(out var from, out var error)) return Refuse(error);
        return RunAsync(() => Mark.HandleAsync(new MarkImpact.Command(_markId, Incident.Key, _asset.Id, _state, _cause, from, _evidence,
            MarksBehind ? [.. _behind.Select(a => a.Id)] : null, MarksBehind ? _behindState ?? _state : null), Me, CancellationToken.None));
    }

    private Task Refuse(Error error)
    {
        Error = error;
        return Task.CompletedTask;
    }

    // What was not touched is the moment at which the desk hears of it, to the second.
    private Result<OccurrenceTime?> Since
    {
        get
        {
            if ((_at, _precision) == _now) return Result<OccurrenceTime?>.Ok(null);
            if (_precision == WhenField.Unknown) return Result<OccurrenceTime?>.Ok(OccurrenceTime.OrderOnly);
            return WhenField.Read("From", _at, _precision, Zone).TryGet(out var from, out var error) ? from : error;
        }
    }
}

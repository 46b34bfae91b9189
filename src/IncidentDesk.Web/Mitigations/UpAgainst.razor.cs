using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Mitigations;

/// <summary>What stands against the attack now, with age, verdict and what is overdue.</summary>
public sealed partial class UpAgainst
{
    private const int FirstRows = 12;
    private const int MoreRows = 50;

    private DefenceList _list = DefenceList.Empty;
    private int _most = FirstRows;
    private bool _showsEnded;
    private (Situation, TimeZoneInfo, bool)? _shown;
    private bool _isOther;

    [Inject] private Say Say { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired] public required Situation Situation { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter, EditorRequired] public required bool MayRespond { get; set; }
    [Parameter] public EventCallback<MitigationAct> Act { get; set; }

    private string Counts => string.Join(", ", _list.Ended.GroupBy(m => m.State).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => $"{g.Count()} {Say.Word(g.Key).ToLower(System.Globalization.CultureInfo.CurrentCulture)}"));

    protected override void OnParametersSet()
    {
        if (_shown == (Situation, Zone, MayRespond)) return;
        _shown = (Situation, Zone, MayRespond);
        _isOther = true;
        _list = DefenceList.Of(Situation.Mitigations, Time.UtcNow());
    }

    // Each entry that somebody logs renders the page; what stands against it changes less often.
    protected override bool ShouldRender()
    {
        var other = _isOther;
        _isOther = false;
        return other;
    }

    private IReadOnlyList<int> AnsweredBy(Mitigation mitigation) => [.. Situation.Waves.Where(w => w.AdaptedToId == mitigation.Id).Select(w => w.Number)];

    private void ShowMore() => (_most, _isOther) = (_most + MoreRows, true);

    private void ToggleEnded() => (_showsEnded, _isOther) = (!_showsEnded, true);
}

using IncidentDesk.Attacks;
using IncidentDesk.Live;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Attacks;

/// <summary>What they do: the waves that go on, the newest first, and those that are over.</summary>
public sealed partial class WavesBeside
{
    private IReadOnlyList<AttackWave> _open = [];
    private IReadOnlyList<AttackWave> _over = [];
    private bool? _showsOver;
    private (IReadOnlyList<AttackWave>, object, TimeZoneInfo, bool, bool)? _shown;
    private bool _isOther;

    [Inject] private Say Say { get; set; } = null!;

    [Parameter, EditorRequired] public required Situation Situation { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter, EditorRequired] public required bool MayRespond { get; set; }

    /// <summary>The incident is resolved or closed.</summary>
    [Parameter] public bool IsOver { get; set; }
    [Parameter] public EventCallback<WaveAct> Act { get; set; }

    // When all is over, what was is what people come to read.
    private bool ShowsOver => _showsOver ?? _open.Count == 0;

    protected override void OnParametersSet()
    {
        if (_shown == (Situation.Waves, Situation.Mitigations, Zone, MayRespond, IsOver)) return;
        _shown = (Situation.Waves, Situation.Mitigations, Zone, MayRespond, IsOver);
        _isOther = true;
        _open = [.. Situation.Waves.Where(w => w.To is null).OrderByDescending(w => w.Number)];
        _over = [.. Situation.Waves.Where(w => w.To is not null).OrderByDescending(w => w.Number)];
    }

    // Each entry that somebody logs renders the page; the waves change less often.
    protected override bool ShouldRender()
    {
        var other = _isOther;
        _isOther = false;
        return other;
    }

    private void ToggleOver() => (_showsOver, _isOther) = (!ShowsOver, true);
}

using System.Globalization;
using IncidentDesk.Impacts;
using IncidentDesk.Live;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Impacts;

/// <summary>What is hit now, for whom and since when. Thousands of assets cost no more than the rows that are opened.</summary>
public sealed partial class HitNow
{
    private HitList _list = HitList.Empty;
    private IReadOnlyList<HitList.Bundle> _bundles = [];
    private IReadOnlyList<HitList.Row> _alone = [];
    private (Affected.Count Now, Affected.Sum Total)? _sum;
    private bool _showsEnded;
    private (Situation, TimeZoneInfo, bool, bool, long)? _shown;
    private bool _isOther;

    [Inject] private Say Say { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired] public required Situation Situation { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter, EditorRequired] public required bool MayRespond { get; set; }

    /// <summary>The incident is resolved or closed.</summary>
    [Parameter] public bool IsOver { get; set; }
    [Parameter] public EventCallback<ImpactAct> Act { get; set; }

    protected override void OnParametersSet()
    {
        // Hours go on by themselves.
        var shown = (Situation, Zone, MayRespond, IsOver, Time.UtcNow().Ticks / TimeSpan.TicksPerMinute);
        if (_shown == shown) return;
        _shown = shown;
        _isOther = true;
        _list = HitList.Of(Situation.Impacts);
        _bundles = [.. _list.Collateral.Where(b => b.Rows.Count > 0)];
        _alone = [.. _list.Collateral.Where(b => b.Rows.Count == 0).Select(b => b.Own!)];
        var (intervals, now) = (Affected.Intervals(Situation.Impacts), Time.UtcNow());
        _sum = intervals.Count == 0 ? null : (Affected.At(intervals, Situation.Members, now), Affected.InTotal(intervals, Situation.Members, now));
    }

    // Each entry that somebody logs renders the page; what is hit changes less often.
    protected override bool ShouldRender()
    {
        var other = _isOther;
        _isOther = false;
        return other;
    }

    private void ToggleEnded() => (_showsEnded, _isOther) = (!_showsEnded, true);

    private string Share(Affected.Count count) => count.Share is { } part ? part.ToString(part is > 0 and < 0.1 ? "P1" : "P0", CultureInfo.CurrentCulture) : Say["Unknown"];

    private string Hours(Affected.Hours hours) => hours switch
    {
        { AtMost: null } => Say["Hit.HoursAtLeast", Figure(hours.AtLeast)],
        { AtMost: { } most } when Figure(most) != Figure(hours.AtLeast) => Say["Hit.HoursBetween", Figure(hours.AtLeast), Figure(most)],
        _ => Say["Hit.Hours", (hours.IsAbout ? "~" : "") + Figure(hours.AtLeast)],
    };

    private string Ends(int unknown) => unknown switch
    {
        0 => "",
        1 => Say["Hit.UnknownEnd"],
        _ => Say["Hit.UnknownEnds", unknown],
    };

    private static string Figure(TimeSpan time) => time.TotalHours.ToString(time.TotalHours is > 0 and < 10 ? "0.#" : "N0", CultureInfo.CurrentCulture);
}

using System.Globalization;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Incidents;

/// <summary>The incident on one time axis over its timeline; its range is kept in the address.</summary>
public sealed partial class StatusStrip
{
    private enum Zoom { Whole, In, Out, Earlier, Later }

    private StripPicture? _picture;
    private (DateTime From, DateTime To) _whole;
    private (DateTime From, DateTime To)? _range;
    private IReadOnlyList<Affected.Step> _course = [];
    private Affected.Count _now = null!;
    private IReadOnlyList<ReadTimeline.KeyEvent> _events = [];
    private (Situation, IReadOnlyList<ReadTimeline.KeyEvent>, int, TimeZoneInfo, string?, long)? _shown;
    private int _cursor = 200;
    private bool _tableIsOpen;

    [Inject] private Say Say { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private ReadTimeline Read { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter, EditorRequired] public required Incident Incident { get; set; }
    [Parameter, EditorRequired] public required Situation Situation { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<ReadTimeline.KeyEvent> Events { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter, EditorRequired] public required Actor Me { get; set; }
    [SupplyParameterFromQuery(Name = "strip")] private string? RangeText { get; set; }

    private DateTime Now => Time.UtcNow();

    protected override void OnParametersSet()
    {
        var now = Now;
        // Each line that somebody logs comes by here; what is drawn changes less often.
        if (!_events.SequenceEqual(Events)) _events = Events;
        var shown = (Situation, _events, Incident.Version, Zone, RangeText, now.Ticks / TimeSpan.TicksPerMinute);
        if (_shown == shown) return;
        _shown = shown;
        if (StripPicture.Whole(Incident, Situation, Events, now) is not { } whole)
        {
            _picture = null;
            return;
        }
        var intervals = Affected.Intervals(Situation.Impacts);
        (_course, _now) = (Affected.Course(intervals, Situation.Members, now), Affected.At(intervals, Situation.Members, now));
        (_whole, _range) = (whole, ParseRange(RangeText));
        var (from, to) = _range ?? whole;
        _picture = StripPicture.Of(Incident, Situation, _course, Events, from, to, Zone, now);
    }

    private RenderFragment NowLine => builder =>
    {
        if (_picture?.Now is not { } now) return;
        builder.OpenElement(0, "i");
        builder.AddAttribute(1, "class", "now");
        builder.AddAttribute(2, "style", $"left:{Percent(now)}");
        builder.CloseElement();
    };

    private string AreaLabel => _course.Count == 0
        ? Say["Strip.NobodyHit"]
        : Say["Strip.AreaLabel", _course.Max(s => s.Count.Members), _now.Members, _now.AllMembers];

    private string CursorText => Stamps.Full(CursorTime, Zone);

    private DateTime CursorTime => _picture!.From + ((_picture.To - _picture.From) * (_cursor / 200.0));

    private string Area(bool closed)
    {
        var end = _picture!.Now ?? 100;
        var points = new List<string>();
        double? height = null;
        foreach (var point in _picture.Course)
        {
            if (height is { } before) points.Add(Pair(point.At, before));
            points.Add(Pair(point.At, point.Height));
            height = point.Height;
        }
        points.Add(Pair(end, height ?? 0));
        if (closed) points = [Pair(0, 0), .. points, Pair(end, 0)];
        return string.Join(' ', points);

        // A little air above and below, so that a line at either end is seen.
        static string Pair(double x, double height) => string.Create(CultureInfo.InvariantCulture, $"{x:0.##},{99 - (height * 0.98):0.##}");
    }

    private string BarLabel(StripPicture.Bar bar) =>
        Say["Strip.Bar", bar.Mitigation.Title, Say.Word(bar.State), Stamps.Full(bar.From, Zone), bar.To >= Now ? Say["Strip.Now"] : Stamps.Full(bar.To, Zone)];

    private string TickText(StripPicture.Tick tick)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(tick.Utc, DateTimeKind.Utc), Zone);
        return local.ToString(tick.IsDay ? "d MMM" : "HH:mm", CultureInfo.CurrentCulture);
    }

    // A label needs room before the edge and before "now", which stands on its left when it is near the edge.
    private bool HasRoom(double at) => at < 96 && !(_picture!.Now is { } now && (now > 90 ? at > now - 8 : at > now - 3) && at < now + 3);

    private string EntryUrl(long sequence) => Navigation.GetUriWithQueryParameter("entry", sequence);

    private string RangeUrl(Zoom zoom)
    {
        var (from, to) = _range ?? _whole;
        var (width, cursor) = (to - from, CursorTime);
        (DateTime From, DateTime To)? range = zoom switch
        {
            Zoom.Whole => null,
            Zoom.In => (cursor - (width / 4), cursor + (width / 4)),
            Zoom.Out => (from - (width / 2), to + (width / 2)),
            Zoom.Earlier => (from - (width / 2), to - (width / 2)),
            Zoom.Later => (from + (width / 2), to + (width / 2)),
        };
        if (range is { } asked && zoom == Zoom.In && asked.To > to) range = (to - (width / 2), to);
        if (range is { } some && some.From <= _whole.From && some.To >= _whole.To) range = null;
        return Navigation.GetUriWithQueryParameter("strip", range is { } r ? $"{Stamps.Machine(r.From)}..{Stamps.Machine(r.To)}" : null);
    }

    private static (DateTime From, DateTime To)? ParseRange(string? text) =>
        text?.Split("..") is [var from, var to]
        && DateTime.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var start)
        && DateTime.TryParse(to, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var end)
        && end - start >= TimeSpan.FromMinutes(1) && end - start < TimeSpan.FromDays(36_500) && start.Year >= 1900 && end.Year < 2200
            ? (start, end)
            : null;

    private async Task JumpAsync(ChangeEventArgs change)
    {
        if (!int.TryParse(change.Value as string, CultureInfo.InvariantCulture, out _cursor)) return;
        var utc = CursorTime;
        if ((await Attempt.RunAsync(() => Read.AtAsync(Incident.Key, utc, Me, CancellationToken.None))).TryGet(out var sequence, out _) && sequence is { } number)
            Navigation.NavigateTo(EntryUrl(number));
    }

    private static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}%");
}

using System.Text;
using IncidentDesk.Attacks;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Attacks;

/// <summary>Types one measurement or pastes a table of them, which is looked at before it is recorded; and what came in before.</summary>
public sealed partial class TrafficDialog
{
    // A message of the page's connection holds 32 KB.
    private const int MaxText = 24_000;

    private const string Example = "2026-03-14T11:00Z,41.2 Gbps\n2026-03-14T11:01Z,38 Gbps";

    private Guid _id = Guid.CreateVersion7();
    private bool _isTable;
    private TrafficUnit _unit;
    private string _where = "";
    private string _value = "";
    private string _text = "";
    private string? _at;
    private string? _now;
    private PasteTraffic.Outcome? _preview;
    private IReadOnlyList<TrafficBatch> _batches = [];

    [Inject] private Say Say { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private PasteTraffic Paste { get; set; } = null!;
    [Inject] private WithdrawTraffic Withdraw { get; set; } = null!;
    [Inject] private ReadTraffic Read { get; set; } = null!;

    [Parameter, EditorRequired] public required Incident Incident { get; set; }
    [Parameter, EditorRequired] public required Actor Me { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter, EditorRequired] public required bool MayRespond { get; set; }

    private bool IsSeen => _preview is { Problems.Count: 0 };

    private string Submit => !_isTable ? Say["Traffic.Record"] : IsSeen ? Say["Traffic.RecordMany", _preview!.Series.Sum(s => s.Samples.Count)] : Say["Traffic.Preview"];

    protected override async Task OnInitializedAsync()
    {
        _at = _now = WhenField.ToInput(Time.UtcNow(), Zone);
        await ReadBatchesAsync();
        if (_batches.FirstOrDefault(b => b.WithdrawnAt is null) is { } last) (_unit, _where) = (last.Unit, last.MeasuredAt);
    }

    private async Task ReadBatchesAsync()
    {
        if ((await Attempt.RunAsync(() => Read.BatchesAsync(Incident.Key, Me, CancellationToken.None))).TryGet(out var batches, out var error)) _batches = batches;
        else Error = error;
    }

    private void Turn(bool table) => Change(() => _isTable = table);

    // What was looked at is not what would be recorded now.
    private void Change(Action change)
    {
        change();
        (_preview, Error, _id) = (null, null, Guid.CreateVersion7());
    }

    private Task SubmitAsync() => _isTable ? PasteAsync(_text, dryRun: !IsSeen) : RecordOneAsync();

    private Task RecordOneAsync()
    {
        var at = Time.UtcNow();
        if (_at != _now)
        {
            if (!WhenField.Read("When", _at, Precision.Exact.Label(), Zone).TryGet(out var when, out var error))
            {
                Error = error;
                return Task.CompletedTask;
            }
            at = when.At!.Value;
        }
        return PasteAsync($"{Stamps.Machine(at)}\t{_value.Replace('\t', ' ').Replace('"', ' ')}", dryRun: false);
    }

    private async Task PasteAsync(string text, bool dryRun)
    {
        var isRecorded = false;
        await RunAsync(async () =>
        {
            var result = await Paste.HandleAsync(new(Incident.Key, _id, Encoding.UTF8.GetBytes(text), _unit, _where, dryRun), Me, CancellationToken.None);
            if (result.TryGet(out var outcome, out _)) (_preview, isRecorded) = (outcome, outcome.Batches.Count > 0);
            return result;
        }, close: false);
        if (isRecorded) await Closed.InvokeAsync();
    }

    private async Task WithdrawAsync(TrafficBatch batch)
    {
        await RunAsync(() => Withdraw.HandleAsync(new(Incident.Key, batch.Id), Me, CancellationToken.None), close: false);
        if (Error is null) await ReadBatchesAsync();
    }
}

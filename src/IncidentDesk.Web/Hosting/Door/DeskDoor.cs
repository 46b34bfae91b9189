using IncidentDesk.Web.People;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.StaticAssets;

namespace IncidentDesk.Web.Hosting.Door;

/// <summary>
/// Who may come in when many want to. Strangers have lanes of their network and few places in all, so that a flood of them reaches
/// neither the database nor the people inside; each of those has a lane of their own.
/// </summary>
internal sealed class DeskDoor(DoorLimits limits, KnownCredentials known, DeskCookies cookies, Refusal refusal, TimeProvider time) : IDisposable
{
    // A form with which somebody signs in has one kilobyte, with a passkey a few, and comes in one piece.
    private const int MaxSignInBytes = 64 * 1024;
    private static readonly TimeSpan SignInForm = TimeSpan.FromSeconds(5);
    private static readonly MinDataRate Brisk = new(bytesPerSecond: 2048, gracePeriod: TimeSpan.FromSeconds(3));

    private readonly Lanes _anonymous = new(limits.Anonymous, time);
    private readonly Lanes _signIn = new(limits.SignIn, time);
    private readonly Lanes _static = new(limits.Static, time);
    private readonly Lanes _health = new(limits.Health, time);
    private readonly Lanes _people = new(limits.Person, time);
    private readonly Lanes _holders = new(limits.Holder, time);
    private readonly Turns _work = new(limits.AnonymousAtOnce, limits.AnonymousWaiting, limits.AnonymousAtOnceOfNetwork);
    private readonly Turns _passwords = new(limits.SignInsAtOnce, limits.SignInsWaiting, limits.SignInsAtOnceOfNetwork);
    private readonly Turns _workOfHolders = new(limits.AnonymousAtOnce, limits.HoldersWaiting, limits.HoldersWaiting);
    private readonly Turns _passwordsOfHolders = new(limits.SignInsAtOnce, limits.HoldersWaiting, limits.SignInsAtOnceOfNetwork);

    /// <summary>Before anybody asks who it is, because that costs: a credential that is not known good makes nobody less of a stranger.</summary>
    public async Task EnterAsync(HttpContext context, RequestDelegate next)
    {
        var visit = new Visit(KnownCredentials.HashOf(context));
        var network = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        var isSignIn = IsSignIn(context.Request);
        // A token is looked up whatever it came with.
        var isBare = !context.Request.Headers.ContainsKey("Authorization");
        var isStatic = isBare && context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
        if (!isSignIn && known.Contains(visit.Credential))
        {
            // Nobody is asked who they are for a file.
            if (!isStatic) context.Features.Set(visit);
            await next(context);
            return;
        }

        var isHealth = isBare && context.Request.Path.Equals("/healthz", StringComparison.OrdinalIgnoreCase);
        // What the desk has signed nobody can make up: whoever was here before does not stand in line with those who never were.
        var held = isBare ? cookies.SessionKey(context) ?? cookies.DeviceKey(context) : null;
        var lane = isStatic ? _static : isHealth ? _health : isSignIn ? _signIn : held is not null ? _holders : _anonymous;
        if (!lane.TryTake(held is null || isStatic || isHealth ? network.Key : KnownCredentials.HashOf(held), out var retryAfter))
        {
            await refusal.WriteAsync(context, isSignIn ? "Door.TooManySignIns" : "Door.TooManyOfNetwork", "Request.TooManyOfNetwork", retryAfter);
            return;
        }
        if (isStatic || isHealth)
        {
            await next(context);
            return;
        }

        // Whoever sends slowly waits by themselves, not in the place of others.
        if (isSignIn && !await HasWholeFormAsync(context))
        {
            context.Abort();
            return;
        }
        var places = held is null ? isSignIn ? _passwords : _work : isSignIn ? _passwordsOfHolders : _workOfHolders;
        using var turn = await places.TakeAsync(network, context.RequestAborted);
        if (turn is null)
        {
            await refusal.WriteAsync(context, "Door.Full", "Request.DeskBusy", TimeSpan.FromSeconds(2));
            return;
        }
        visit.Turn = turn;
        context.Features.Set(visit);
        // HTTP/2 has one rate for the whole connection.
        if (HttpProtocol.IsHttp11(context.Request.Protocol) && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } body) body.MinDataRate = Brisk;
        await using var late = time.CreateTimer(static c => EndStranger((HttpContext)c!), context, limits.AnonymousDuration, Timeout.InfiniteTimeSpan);
        visit.Late = late;
        await next(context);
    }

    /// <summary>When it is known who it is.</summary>
    public async Task MeetAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<Visit>() is not { } visit)
        {
            await next(context);
            return;
        }
        if (context.User.Identity?.IsAuthenticated != true)
        {
            known.Forget(visit.Credential);
            await next(context);
            return;
        }
        known.Remember(visit.Credential);
        visit.Late?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (visit.Turn is not null && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } body && HttpProtocol.IsHttp11(context.Request.Protocol)) body.MinDataRate = ConnectionLimits.SlowestBody;
        // Whoever signs in while signed in keeps the place where passwords are checked.
        if (!IsSignIn(context.Request)) visit.Turn?.Dispose();
        if (_people.TryTake(BitConverter.ToUInt128(context.User.ToActor().PersonId.ToByteArray()), out var retryAfter)) await next(context);
        else await refusal.WriteAsync(context, "Door.TooManyOfPerson", "Request.TooManyOfPerson", retryAfter);
    }

    public void Dispose()
    {
        _work.Dispose();
        _passwords.Dispose();
        _workOfHolders.Dispose();
        _passwordsOfHolders.Dispose();
    }

    private static bool IsSignIn(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && (request.Path.StartsWithSegments("/signin", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/welcome", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/setup", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a small form to its end, before it takes anybody's place.</summary>
    private static async Task<bool> HasWholeFormAsync(HttpContext context)
    {
        context.Request.EnableBuffering(MaxSignInBytes, MaxSignInBytes);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(SignInForm);
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, limit.Token);
            context.Request.Body.Position = 0;
            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Too large, too slow, or gone.
            return false;
        }
    }

    /// <summary>Who has just proved who they are is no stranger: what they asked for may take its time.</summary>
    public static void LetFinish(HttpContext context) => context.Features.Get<Visit>()?.Late?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private static void EndStranger(HttpContext context) => context.Abort();

    /// <summary>What the door knows of a request.</summary>
    private sealed class Visit(UInt128 credential)
    {
        public UInt128 Credential => credential;
        public IDisposable? Turn { get; set; }
        public ITimer? Late { get; set; }
    }
}

namespace IncidentDesk.Shared;

/// <summary>An expected failure. <see cref="Code"/> names the text in the reader's language (<c>Error.{Code}</c>); <see cref="Args"/> fill its places.</summary>
public abstract record Error(string Code, params object[] Args);

/// <summary>The thing does not exist, or the actor may not know that it does: the two are one answer.</summary>
public sealed record NotFound(string Code, params object[] Args) : Error(Code, Args);

/// <summary>The actor is known and may not do this.</summary>
public sealed record Forbidden(string Code, params object[] Args) : Error(Code, Args);

/// <summary>The command is not acceptable. <see cref="Field"/> is the command's property, or null for the whole.</summary>
public sealed record Invalid(string? Field, string Code, params object[] Args) : Error(Code, Args);

/// <summary>Somebody else changed it first. <see cref="Current"/> is what stands now, so that both can be shown.</summary>
public sealed record Conflict(string Code, object Current, params object[] Args) : Error(Code, Args);
